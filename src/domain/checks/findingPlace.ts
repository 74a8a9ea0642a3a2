import type { Places, Span } from "../documents/places.ts";
import type { Finding } from "./finding.ts";

const START: Span = { offset: 0, length: 1 };

/**
 * The place of a finding in the text of its document: the characters that caused it, the key of its
 * property or of the nearest one above it that is there, or the line of the name.
 * @param places those of `text`
 */
export function placeOfFinding(text: string, places: Places, finding: Finding): Span {
  return (
    evidenceIn(text, places, finding) ?? places.key(finding.path) ?? places.key(["name"]) ?? START
  );
}

/** The exact characters, where they lie in the value of the property. */
function evidenceIn(text: string, places: Places, { evidence, path }: Finding): Span | undefined {
  if (evidence === undefined || path.length < 3) {
    return undefined;
  }
  const value = places.value(path);
  if (value === undefined) {
    return undefined;
  }
  const raw = text.slice(value.offset, value.offset + value.length);
  const start = rawOffset(raw, evidence.span.offset);
  const end = rawOffset(raw, evidence.span.offset + evidence.span.length);
  return { offset: value.offset + start, length: Math.max(1, end - start) };
}

/** The offset in a raw JSON string of a character of its decoded value. */
function rawOffset(raw: string, decoded: number): number {
  let at = 1;
  for (let count = 0; count < decoded && at < raw.length - 1; count += 1) {
    if (raw.charAt(at) !== "\\") {
      at += 1;
    } else {
      at += raw.charAt(at + 1) === "u" ? 6 : 2;
    }
  }
  return Math.min(at, raw.length - 1);
}
