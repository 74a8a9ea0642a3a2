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

/** JSON's own service shows these already, by the schema and by itself. */
export function isShownByJson({ code }: DocumentProblem): boolean {
  return code === "document/syntax" || code === "document/type";
}
