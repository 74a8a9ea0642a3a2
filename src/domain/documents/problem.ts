import * as l10n from "@vscode/l10n";
import { getLocation } from "jsonc-parser";
import type { Span } from "./places.ts";

/** `docs/checks.md` explains each of them. */
export const DOCUMENT_CODES = [
  "document/syntax",
  "document/type",
  "document/missing",
  "document/unknown-key",
  "document/unknown-name",
  "document/duplicate",
  "document/length",
  "document/value",
] as const;

export type ProblemCode =
  | (typeof DOCUMENT_CODES)[number]
  | "name/alias-format"
  | "name/alias-duplicate";

/** A problem in a document's text that prevents saving. */
export interface DocumentProblem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly span: Span;
}

/** Names the line and the property, for people who don't see the document at that moment. */
export function problemInWords(text: string, { message, span }: DocumentProblem): string {
  const line = text.slice(0, span.offset).split("\n").length;
  const { path, isAtPropertyKey } = getLocation(text, span.offset);
  // A problem with a key already names the key.
  if (path.length === 0 || isAtPropertyKey) {
    return l10n.t("Line {0}: {1}", line, message);
  }
  const own = path.length > 1 ? path.slice(1) : path;
  const property = own.map((key) => JSON.stringify(key)).join(" › ");
  return l10n.t({
    message: "Line {0}, {1}: {2}",
    args: [line, property, message],
    comment: ["A line's number, the property in it, and a sentence about that"],
  });
}
