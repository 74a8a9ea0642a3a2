import type { Span } from "./document.ts";

/** Something in a document's text that keeps it from being saved. */
export interface DocumentProblem {
  readonly code:
    | "document/syntax"
    | "document/type"
    | "document/missing"
    | "document/unknown-key"
    | "document/unknown-name"
    | "document/duplicate"
    | "document/length"
    | "name/alias-format"
    | "name/alias-duplicate";
  readonly message: string;
  readonly span: Span;
}

/**
 * JSON's service shows what isn't JSON and what the schema doesn't allow; the rules for names are
 * checked on every document as it is being written.
 */
export function isShownElsewhere({ code }: DocumentProblem): boolean {
  switch (code) {
    case "document/syntax":
    case "document/type":
    case "name/alias-format":
    case "name/alias-duplicate":
      return true;
    case "document/missing":
    case "document/unknown-key":
    case "document/unknown-name":
    case "document/duplicate":
    case "document/length":
      return false;
  }
}
