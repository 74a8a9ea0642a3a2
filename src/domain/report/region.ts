import { linesOf } from "../../base/lines.ts";
import type { Span } from "../documents/places.ts";

/** A part of a text. Lines and columns begin at 1; columns are UTF-16 code units. */
export interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  /** The column after the last character. */
  readonly endColumn: number;
}

export interface LineIndex {
  region(span: Span): Region;
}

/** Finds the regions of many places, and looks for the ends of lines once. */
export function lineIndexOf(text: string): LineIndex {
  const at = linesOf(text);
  return {
    region({ offset, length }) {
      const start = at(offset);
      const end = at(Math.min(offset + length, text.length));
      return {
        startLine: start.line + 1,
        startColumn: start.column + 1,
        endLine: end.line + 1,
        endColumn: end.column + 1,
      };
    },
  };
}
