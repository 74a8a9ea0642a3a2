import * as l10n from "@vscode/l10n";

/** Gives "Docs: its sync failed." */
export function about(subject: string, words: string): string {
  return l10n.t({
    message: "{0}: {1}",
    args: [subject, words],
    comment: ["What something is about, and what is said of it"],
  });
}

/** Gives "3 new, 1 gone", with the punctuation of the language. */
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

/** The most names of a text that has to stay short. */
const NAMED = 5;

/** Names the first of many and counts the rest, as in "Docs, Shop and 48 more". */
export function listedInShort(names: readonly string[], most = NAMED): string {
  const more = names.length - most;
  const first = listed(names.slice(0, most));
  return more > 0 ? l10n.t("{0} and {1} more", first, more) : first;
}

/**
 * Removes given characters from the end of a text. An expression such as `/x+$/` would start again
 * at each of them, which takes quadratic time.
 */
export function withoutEnding(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) {
    end -= 1;
  }
  return text.slice(0, end);
}

/**
 * The beginning of a long text, and the number of characters left out.
 * @param limit most UTF-16 units of the beginning
 */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) {
    return text;
  }
  // Half a surrogate pair would be drawn as another character.
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
  return compareText(one.name, other.name) || (one.id < other.id ? -1 : 1);
}

/** As people sort: by letters without their case, and by whole numbers. */
export function compareText(one: string, other: string): number {
  return collator.compare(one, other);
}

/**
 * The JSON array in a URI's query. Anybody may open a URI that this extension didn't make, so parts
 * that aren't strings are undefined, and another query has no parts.
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

/** Most characters of a name in a tab. Longer ones would leave no room for the rest. */
const LONGEST_IN_TAB = 100;

/** A name for a path that a tab shows: without separators and characters that can't be seen or encoded. */
export function tabSegment(name: string): string {
  return name
    .slice(0, LONGEST_IN_TAB)
    .toWellFormed()
    .replace(/[/\\]|\p{C}/gu, "_");
}

/** Whether a text has visible ASCII alone, which a header holds unchanged, and at least one character. */
export function isVisibleAscii(text: string): boolean {
  return /^[\x21-\x7e]+$/u.test(text);
}
