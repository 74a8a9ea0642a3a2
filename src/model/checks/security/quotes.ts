export interface Part {
  readonly start: number;
  readonly end: number;
}

const QUOTES = new Map([
  ['"', '"'],
  ["“", "”"],
  ["‘", "’"],
  ["«", "»"],
  ["`", "`"],
  ["„", "“"],
  ["「", "」"],
]);

/** Parts between quotation marks, each closed within 400 characters; apostrophes aren't marks. */
export function quotedParts(text: string): readonly Part[] {
  const parts: Part[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const closing = QUOTES.get(text.charAt(index)) ?? singleQuote(text, index);
    if (closing === undefined) continue;
    const limit = Math.min(text.length, index + 400);
    let end = index + 1;
    while (end < limit && text.charAt(end) !== closing) end += 1;
    if (end >= limit) continue;
    parts.push({ start: index, end });
    index = end;
  }
  return parts;
}

function singleQuote(text: string, index: number): string | undefined {
  if (text.charAt(index) !== "'") return undefined;
  const opens = index === 0 || /[\s(:,[]/u.test(text.charAt(index - 1));
  return opens ? "'" : undefined;
}
