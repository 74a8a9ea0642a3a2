import type { Finding, Severity } from "../../model/checks/finding.ts";
import { type Places, placesIn, type Span } from "../../model/document/document.ts";

/** VS Code drops diagnostics in silence beyond this many of one document. */
export const MOST_PER_DOCUMENT = 1000;

export interface Located {
  readonly finding: Finding;
  readonly span: Span;
}

const ORDER: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2, hint: 3 };

/** Where each finding stands in a text of the server's document; the worst ones come first. */
export function locateAll(text: string, findings: readonly Finding[]): readonly Located[] {
  const places = placesIn(text);
  return [...findings]
    .sort((one, other) => ORDER[one.severity] - ORDER[other.severity])
    .slice(0, MOST_PER_DOCUMENT)
    .map((finding) => ({
      finding,
      span:
        evidenceIn(text, places, finding) ??
        places.key(finding.path) ??
        places.key(["name"]) ??
        START,
    }));
}

const START: Span = { offset: 0, length: 1 };

/** The very characters, where the text that they are in is the value of the property. */
function evidenceIn(text: string, places: Places, { evidence, path }: Finding): Span | undefined {
  if (evidence === undefined || path.length < 3) return undefined;
  const value = places.value(path);
  if (value === undefined) return undefined;
  const raw = text.slice(value.offset, value.offset + value.length);
  const start = rawOffset(raw, evidence.span.offset);
  const end = rawOffset(raw, evidence.span.offset + evidence.span.length);
  return { offset: value.offset + start, length: Math.max(1, end - start) };
}

/** Where a character of a JSON text's value stands between its quotation marks. */
function rawOffset(raw: string, decoded: number): number {
  let at = 1;
  for (let count = 0; count < decoded && at < raw.length - 1; count += 1) {
    if (raw.charAt(at) !== "\\") at += 1;
    else at += raw.charAt(at + 1) === "u" ? 6 : 2;
  }
  return Math.min(at, raw.length - 1);
}
