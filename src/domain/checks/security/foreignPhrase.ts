/** A place in a text. */
export interface Found {
  readonly start: number;
  readonly end: number;
}

/** Ends a sentence. A dot within an address doesn't. */
const END = /\.\s|[\n。]/;

/** Parts of an order in any language, one after the other in one sentence. */
export class ForeignPhrase {
  /** Texts in lower case, of which one has to be there for each part. */
  readonly parts: readonly (readonly string[])[];
  /** The most characters between two parts. */
  readonly #most: number;

  constructor(parts: readonly (readonly string[])[], most: number) {
    this.parts = parts;
    this.#most = most;
  }

  /**
   * Where it is in a text, without places that overlap.
   * @param lower the text as `lowered` makes it
   */
  *find(lower: string): Iterable<Found> {
    const [first = [], ...others] = this.parts;
    if (!this.parts.every((part) => part.some((each) => lower.includes(each)))) {
      return;
    }
    let after = 0;
    for (const start of placesOf(lower, first)) {
      const end = start < after ? undefined : this.#endOf(lower, start, first, others);
      if (end !== undefined) {
        yield { start, end };
        after = end;
      }
    }
  }

  #endOf(
    lower: string,
    start: number,
    first: readonly string[],
    others: readonly (readonly string[])[],
  ): number | undefined {
    let end = start + longestAt(lower, start, first);
    for (const part of others) {
      const longest = Math.max(...part.map(({ length }) => length));
      const ahead = lower.slice(end, end + this.#most + longest);
      const [next] = placesOf(ahead, part);
      if (next === undefined || END.test(ahead.slice(0, next))) {
        return undefined;
      }
      end += next + longestAt(ahead, next, part);
    }
    return end;
  }
}

/** A text in lower case and as long as it was. */
export function lowered(text: string): string {
  return (text.includes("İ") ? text.replaceAll("İ", "i") : text).toLowerCase();
}

/** All places of some texts, in order. */
function placesOf(text: string, sought: readonly string[]): readonly number[] {
  const places = new Set<number>();
  for (const each of sought) {
    for (let at = text.indexOf(each); at >= 0; at = text.indexOf(each, at + each.length)) {
      places.add(at);
    }
  }
  return [...places].sort((one, other) => one - other);
}

function longestAt(text: string, start: number, sought: readonly string[]): number {
  const lengths = sought.filter((each) => text.startsWith(each, start)).map(({ length }) => length);
  return Math.max(0, ...lengths);
}
