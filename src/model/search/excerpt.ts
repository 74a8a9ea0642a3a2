const LENGTH = 160;
/** What is shown before a word that was looked for. */
const BEFORE = 40;

/** One line of a text, from its beginning, or from where it has the words that were looked for. */
export function excerptOf(text: string, query: string): string {
  const line = text.replace(/\s+/gu, " ").trim();
  if (line.length <= LENGTH) return line;
  const lower = line.toLowerCase();
  const places = query
    .toLowerCase()
    .split(/\s+/u)
    .map((word) => (word === "" ? -1 : lower.indexOf(word)));
  const first = Math.min(...places.filter((at) => at >= 0));
  const isFar = Number.isFinite(first) && first > LENGTH - BEFORE;
  const start = isFar ? first - BEFORE : 0;
  const end = start + LENGTH;
  return `${isFar ? "…" : ""}${line.slice(start, end)}${end < line.length ? "…" : ""}`.toWellFormed();
}
