/** Texts that an expression matches, made by following it with dice. */
export class MatchMaker {
  readonly #source: string;
  readonly #flags: string;
  readonly #below: (most: number) => number;
  #index = 0;

  constructor({ source, flags }: RegExp, below: (most: number) => number) {
    this.#source = source;
    this.#flags = flags.includes("i") ? "iu" : "u";
    this.#below = below;
  }

  make(): string {
    this.#index = 0;
    return this.#alternatives();
  }

  /** One alternative; the others are read as well, for where they end. */
  #alternatives(): string {
    const made = [this.#sequence()];
    while (this.#source.charAt(this.#index) === "|") {
      this.#index += 1;
      made.push(this.#sequence());
    }
    return made[this.#below(made.length)] ?? "";
  }

  #sequence(): string {
    let made = "";
    while (this.#index < this.#source.length && !/[|)]/.test(this.#source.charAt(this.#index))) {
      const from = this.#index;
      let atom = this.#atom();
      const behind = this.#index;
      const [text, least = 1, most = 1] = this.#quantifier();
      const after = this.#index;
      for (let count = least + this.#below(Math.min(3, most - least + 1)); count > 0; count -= 1) {
        made += atom;
        this.#index = from;
        atom = text === "" ? atom : this.#atom();
      }
      this.#index = text === "" ? behind : after;
    }
    return made;
  }

  #quantifier(): [text: string, least?: number, most?: number] {
    const rest = this.#source.slice(this.#index);
    const [text = "", from, comma, to] = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/.exec(rest) ?? [];
    this.#index += text.length;
    switch (text.charAt(0)) {
      case "*":
        return [text, 0, 3];
      case "+":
        return [text, 1, 3];
      case "?":
        return [text, 0, 1];
      case "{": {
        const least = Number(from);
        return [text, least, comma === "" ? least : Number(to === "" ? least + 2 : to)];
      }
      default:
        return [""];
    }
  }

  #atom(): string {
    const char = this.#source.charAt(this.#index);
    this.#index += 1;
    switch (char) {
      case "(": {
        const [opening = ""] = /^\?(?:<[=!]|[=!:])/.exec(this.#source.slice(this.#index)) ?? [];
        this.#index += opening.length;
        const made = this.#alternatives();
        this.#index += 1;
        return /[=!]$/.test(opening) ? "" : made;
      }
      case "[":
        return this.#class();
      case "\\":
        return this.#escape();
      case "^":
      case "$":
        return "";
      case ".":
        return "x";
      default:
        return char;
    }
  }

  #class(): string {
    const end = this.#source.slice(this.#index).search(/(?<!\\)\]/) + this.#index;
    const chars = this.#source.slice(this.#index, end);
    this.#index = end + 1;
    const members = new RegExp(`[${chars}]`, this.#flags);
    const candidates = [..." aAzZ09_-./\\<[{('\"=+:,;!?@&%\n"].filter((each) => members.test(each));
    return candidates[this.#below(candidates.length)] ?? chars.charAt(0);
  }

  #escape(): string {
    const rest = this.#source.slice(this.#index);
    const [name = ""] = /^(?:[ux]\{?[0-9a-f]+\}?|[pP]\{[^}]*\}|.)/s.exec(rest) ?? [];
    this.#index += name.length;
    const samples: Readonly<Record<string, string>> = {
      b: "",
      n: "\n",
      s: " ",
      d: "7",
      w: "q",
      S: "q",
    };
    return samples[name] ?? name;
  }
}
