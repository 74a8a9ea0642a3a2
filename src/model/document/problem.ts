import * as l10n from "@vscode/l10n";
import { getLocation } from "jsonc-parser";
import type { Span } from "./document.ts";

/** Each is explained in docs/checks.md. */
export const DOCUMENT_CODES = [
  "document/syntax",
  "document/type",
  "document/missing",
  "document/unknown-key",
  "document/unknown-name",
  "document/duplicate",
  "document/length",
] as const;

/** Something in a document's text that keeps it from being saved. */
export interface DocumentProblem {
  readonly code: (typeof DOCUMENT_CODES)[number] | "name/alias-format" | "name/alias-duplicate";
  readonly message: string;
  readonly span: Span;
}

/** What is wrong and where, for whoever doesn't have it before their eyes. */
export function problemInWords(text: string, { message, span }: DocumentProblem): string {
  const line = text.slice(0, span.offset).split("\n").length;
  const { path, isAtPropertyKey } = getLocation(text, span.offset);
  // What is wrong with a key names the key.
  if (path.length === 0 || isAtPropertyKey) return l10n.t("Line {0}: {1}", line, message);
  const own = path.length > 1 ? path.slice(1) : path;
  const property = own.map((key) => JSON.stringify(key)).join(" › ");
  return l10n.t({
    message: "Line {0}, {1}: {2}",
    args: [line, property, message],
    comment: ["A line's number, the property in it, and a sentence about that"],
  });
}
