/** A regular expression in a source. */
export interface FoundExpression {
  readonly source: string;
  readonly flags: string;
  readonly line: number;
}

/** After these a slash divides. After anything else it begins a regular expression. */
const OPERAND_END = /[\w$)\]"'`]$/;
/** They look like operands, but a slash after them doesn't divide. */
const OPERATORS = /(?<![\w$.])(?:return|case|of|in|typeof|void|yield|await|else|throw)$/;

/** All regular expression literals of a TypeScript source, read character by character. */
export function expressionsIn(text: string): readonly FoundExpression[] {
  return new SourceReader(text).read();
}

class SourceReader {
  readonly #text: string;
  readonly #found: FoundExpression[] = [];
  /** For each open template, the number of open braces in its current substitution. */
  readonly #templates: number[] = [];
  /**
   * The end of the code without comments and the content of strings. It tells what a slash means.
   */
  #code = "";
  #index = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): readonly FoundExpression[] {
    while (this.#index < this.#text.length) {
      this.#readOne(this.#text.charAt(this.#index));
    }
    return this.#found;
  }

  #readOne(char: string): void {
    switch (char) {
      case "/":
        this.#readSlash();
        break;
      case '"':
      case "'":
        this.#index = stringEnd(this.#text, this.#index);
        this.#code += char;
        break;
      case "`":
        this.#readTemplate();
        break;
      case "}":
        if (this.#templates.at(-1) === 0) {
          this.#templates.pop();
          this.#readTemplate();
        } else {
          this.#readCode(char);
        }
        break;
      default:
        this.#readCode(char);
    }
  }

  #readSlash(): void {
    const two = this.#text.slice(this.#index, this.#index + 2);
    if (two === "//") {
      this.#index = endOf(this.#text, "\n", this.#index);
    } else if (two === "/*") {
      this.#index = endOf(this.#text, "*/", this.#index) + 2;
    } else if (divides(this.#code)) {
      this.#readCode("/");
    } else {
      this.#readExpression();
    }
  }

  #readExpression(): void {
    const end = literalEnd(this.#text, this.#index);
    const flags = /^[a-z]*/.exec(this.#text.slice(end, end + 9))?.[0] ?? "";
    const line = this.#text.slice(0, this.#index).split("\n").length;
    this.#found.push({ source: this.#text.slice(this.#index + 1, end - 1), flags, line });
    this.#index = end + flags.length;
    this.#code += ")";
  }

  /**
   * Reads to the end of the template, or to the `${` of its next substitution, which is then open.
   */
  #readTemplate(): void {
    let end = this.#index + 1;
    while (end < this.#text.length && this.#text.charAt(end) !== "`") {
      if (this.#text.startsWith("${", end)) {
        this.#templates.push(0);
        end += 1;
        break;
      }
      end += this.#text.charAt(end) === "\\" ? 2 : 1;
    }
    this.#code += this.#text.charAt(end);
    this.#index = end + 1;
  }

  #readCode(char: string): void {
    const open = this.#templates.at(-1);
    if (open !== undefined && (char === "{" || char === "}")) {
      this.#templates[this.#templates.length - 1] = open + (char === "{" ? 1 : -1);
    }
    const isBlank = /\s/.test(char);
    if (!isBlank || !this.#code.endsWith(" ")) {
      this.#code = (this.#code + (isBlank ? " " : char)).slice(-12);
    }
    this.#index += 1;
  }
}

function divides(code: string): boolean {
  return OPERAND_END.test(code.trimEnd()) && !OPERATORS.test(code.trimEnd());
}

function endOf(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from);
  return end < 0 ? text.length : end;
}

function stringEnd(text: string, from: number): number {
  let index = from + 1;
  while (index < text.length && text.charAt(index) !== text.charAt(from)) {
    index += text.charAt(index) === "\\" ? 2 : 1;
  }
  return index + 1;
}

function literalEnd(text: string, from: number): number {
  let inClass = false;
  for (let index = from + 1; index < text.length; index += 1) {
    const char = text.charAt(index);
    if (char === "\\") {
      index += 1;
    } else if (char === "[") {
      inClass = true;
    } else if (char === "]") {
      inClass = false;
    } else if (char === "/" && !inClass) {
      return index + 1;
    }
  }
  throw new Error(`No end of the regular expression at ${from}`);
}
