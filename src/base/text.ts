import * as l10n from "@vscode/l10n";

/** "Docs: its sync failed." */
export function about(subject: string, words: string): string {
  return l10n.t({
    message: "{0}: {1}",
    args: [subject, words],
    comment: ["What something is about, and what is said of it"],
  });
}

/** "3 new, 1 gone": in the punctuation of the language. */
export function listed(parts: readonly string[]): string {
  return parts.reduce(
    (list, part) =>
      list === ""
        ? part
        : l10n.t({
            message: "{0}, {1}",
            args: [list, part],
            comment: ["A list so far, and what comes next in it"],
          }),
    "",
  );
}

/**
 * The text without a run of some characters at its end. An expression such as `/x+$/` would begin
 * anew at each of them, and take time that grows with the square of the text.
 */
export function withoutEnding(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) {
    end -= 1;
  }
  return text.slice(0, end);
}

/**
 * Text for a place that has no room for all of it: the beginning, and how much is left out.
 * @param limit how many UTF-16 units are shown
 */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) {
    return text;
  }
  // Half a character would be drawn as another one.
  const begin = text.slice(0, limit).replace(/[\uD800-\uDBFF]$/, "");
  return l10n.t({
    message: "{0}… ({1} more characters)",
    args: [begin, text.length - begin.length],
    comment: ["The beginning of a text, and how much of it is left out"],
  });
}

interface Named {
  readonly id: string;
  readonly name: string;
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** The order in which accounts and servers are shown. */
export function byName(one: Named, other: Named): number {
  return collator.compare(one.name, other.name) || (one.id < other.id ? -1 : 1);
}

/**
 * The parts that a query was made of, as JSON keeps them. Anybody may open an address that nobody
 * made here: what isn't a text is undefined, and what isn't a list has no parts.
 */
export function addressParts(query: string): readonly (string | undefined)[] {
  try {
    const value: unknown = JSON.parse(query);
    if (!Array.isArray(value)) {
      return [];
    }
    return value.map((part: unknown) => (typeof part === "string" ? part : undefined));
  } catch {
    return [];
  }
}
