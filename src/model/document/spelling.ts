/** The part of a word that may be wrong in it. */
const WRONG = 0.4;
/** Nobody takes the trouble to type these, and to compare them takes time. */
const LONGEST = 200;

/** The word that was meant, where one is near enough to be it; of several as near the first. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  if (word.length > LONGEST) return undefined;
  let found: string | undefined;
  let least = Math.floor(word.length * WRONG) + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const steps = distance(word.toLowerCase(), candidate.toLowerCase());
    if (steps < least) [found, least] = [candidate, steps];
  }
  return found;
}

/** How many letters have to be put in, taken out or changed to make the one of the other. */
function distance(one: string, other: string): number {
  let before = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let end = 1; end <= one.length; end += 1) {
    const row = [end];
    for (let at = 1; at <= other.length; at += 1) {
      const same = one.charAt(end - 1) === other.charAt(at - 1);
      const changed = (before[at - 1] ?? 0) + (same ? 0 : 1);
      row.push(Math.min(changed, (before[at] ?? 0) + 1, (row[at - 1] ?? 0) + 1));
    }
    before = row;
  }
  return before.at(-1) ?? 0;
}
