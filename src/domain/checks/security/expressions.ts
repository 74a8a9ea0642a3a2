/** Stands for the edge of a word in a text, where an expression requires one. */
export const EDGE = "\u0001";

/**
 * The most texts that are listed for a part. Of more texts only what they have in common is used.
 */
const MOST_TEXTS = 120;

/** What is known of a part of an expression. */
interface Part {
  /** All texts that it matches, where they are few. */
  readonly exact?: readonly string[] | undefined;
  /** Texts of which each match contains one. */
  readonly needed?: readonly string[] | undefined;
}

const ANYTHING: Part = {};
const NOTHING: Part = { exact: [""] };

/** Decides which of two lists of texts occurs in fewer ordinary texts. */
export type Cost = (texts: readonly string[]) => number;

/**
 * Texts of which each match of an expression contains one, in lower case and as rare as possible.
 * Undefined where there are none. Supports the regular expressions of the sources: groups,
 * alternatives, classes, quantifiers, escapes and look-arounds, but no back references.
 */
export function neededTexts({ source }: RegExp, cost: Cost): readonly string[] | undefined {
  return new ExpressionReader(source.toLowerCase(), source, cost).read().needed;
}

class ExpressionReader {
  readonly #source: string;
  /** Keeps the capitals, which distinguish `\S` from `\s`. */
  readonly #original: string;
  readonly #cost: Cost;
  #index = 0;

  constructor(source: string, original: string, cost: Cost) {
    this.#source = source;
    this.#original = original;
    this.#cost = cost;
  }

  read(): Part {
    return this.#alternatives();
  }

  #alternatives(): Part {
    const parts = [this.#sequence()];
    while (this.#source.charAt(this.#index) === "|") {
      this.#index += 1;
      parts.push(this.#sequence());
    }
    const needed = parts.every((part) => part.needed !== undefined)
      ? unique(parts.flatMap((part) => part.needed ?? []))
      : undefined;
    const exact = parts.every((part) => part.exact !== undefined)
      ? unique(parts.flatMap((part) => part.exact ?? []))
      : undefined;
    return { needed, exact: exact !== undefined && exact.length > MOST_TEXTS ? undefined : exact };
  }

  #sequence(): Part {
    const candidates: (readonly string[])[] = [];
    let run: readonly string[] = [""];
    let isExact = true;
    while (this.#index < this.#source.length && !/[|)]/.test(this.#source.charAt(this.#index))) {
      const part = this.#quantified(this.#atom());
      const longer = part.exact && joined(run, part.exact);
      if (longer !== undefined) {
        run = longer;
        continue;
      }
      isExact = false;
      candidates.push(run, part.needed ?? part.exact ?? [""]);
      run = [""];
    }
    candidates.push(run);
    const possible = candidates.filter((texts) => texts.every((text) => text !== ""));
    const [first, ...others] = possible;
    const needed =
      first &&
      others.reduce((best, next) => (this.#cost(next) < this.#cost(best) ? next : best), first);
    return { needed, exact: isExact ? run : undefined };
  }

  #quantified(part: Part): Part {
    const [quantifier, least, most] = this.#quantifier();
    if (quantifier === "") {
      return part;
    }
    if (least === 0) {
      const { exact } = part;
      return most === 1 && exact !== undefined ? { exact: unique([...exact, ""]) } : ANYTHING;
    }
    // Runs of blanks count as one blank later.
    const isBlank = part.exact?.length === 1 && part.exact[0] === " ";
    if (isBlank || (least === 1 && most === 1)) {
      return part;
    }
    return {
      needed: part.exact?.length === 1 ? repeated(part.exact, least) : (part.exact ?? part.needed),
    };
  }

  #quantifier(): readonly [text: string, least: number, most: number] {
    const rest = this.#source.slice(this.#index, this.#index + 12);
    const [text = "", , from, comma, to] =
      /^(?:[*+?]|\{((\d{1,4})(,?)(\d{0,4}))\})\??/.exec(rest) ?? [];
    this.#index += text.length;
    switch (text.charAt(0)) {
      case "*":
        return [text, 0, Number.POSITIVE_INFINITY];
      case "+":
        return [text, 1, Number.POSITIVE_INFINITY];
      case "?":
        return [text, 0, 1];
      default: {
        const least = Number(from ?? 1);
        const open = to === "" || to === undefined ? Number.POSITIVE_INFINITY : Number(to);
        return [text, least, comma === "" ? least : open];
      }
    }
  }

  #atom(): Part {
    const char = this.#source.charAt(this.#index);
    this.#index += 1;
    switch (char) {
      case "(":
        return this.#group();
      case "[":
        return this.#class();
      case "\\":
        return this.#escape();
      case "^":
      case "$":
        return NOTHING;
      case ".":
        return ANYTHING;
      default:
        return { exact: [char] };
    }
  }

  #group(): Part {
    const [opening = ""] =
      /^\?(?:<[=!]|[=!:]|<\w{1,40}>)/.exec(this.#source.slice(this.#index, this.#index + 48)) ?? [];
    this.#index += opening.length;
    const part = this.#alternatives();
    this.#index += 1;
    return /[=!]$/.test(opening) ? NOTHING : part;
  }

  /** A class of a few characters is a list of alternatives. Any other class tells nothing. */
  #class(): Part {
    const end = classEnd(this.#source, this.#index);
    const chars = this.#original.slice(this.#index, end);
    this.#index = end + 1;
    const isPlain = !/^\^|\\[wdspWDSPu]/.test(chars) && !/[^\\]-./.test(chars);
    const members = [...chars.replace(/\\(.)/gs, "$1").toLowerCase()];
    return isPlain && members.length <= 8 ? { exact: unique(members) } : ANYTHING;
  }

  #escape(): Part {
    const name = this.#original.charAt(this.#index);
    this.#index += 1;
    switch (name) {
      case "b":
        return { exact: [EDGE] };
      case "n":
      case "r":
      case "t":
      case "s":
        return { exact: [" "] };
      case "p":
      case "P":
      case "u":
      case "x":
        this.#index +=
          /^(?:\{[^}]{1,40}\}|[0-9a-f]{2,4})/.exec(this.#source.slice(this.#index))?.[0].length ??
          0;
        return ANYTHING;
      case "w":
      case "W":
      case "d":
      case "D":
      case "S":
        return ANYTHING;
      default:
        return { exact: [name.toLowerCase()] };
    }
  }
}

function repeated(texts: readonly string[], times: number): readonly string[] {
  return texts.map((text) => text.repeat(times));
}

function classEnd(source: string, from: number): number {
  let index = from;
  while (index < source.length && source.charAt(index) !== "]") {
    index += source.charAt(index) === "\\" ? 2 : 1;
  }
  return index;
}

function joined(heads: readonly string[], tails: readonly string[]): readonly string[] | undefined {
  return heads.length * tails.length > MOST_TEXTS
    ? undefined
    : unique(heads.flatMap((head) => tails.map((tail) => head + tail)));
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
