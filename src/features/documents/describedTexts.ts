import type * as vscode from "vscode";
import type { FieldChange, Ref } from "../../domain/changes/change.ts";
import { documentChanges } from "../../domain/documents/changes.ts";
import { checkDocument } from "../../domain/documents/check.ts";
import type { DocumentProblem } from "../../domain/documents/problem.ts";
import type { ResourceDocument } from "../../domain/documents/resourceDocument.ts";
import type { State } from "../../engine/state.ts";
import { openDocuments } from "./openDocuments.ts";
import { findDocument, parseDocumentUri } from "./resourceDocuments.ts";

/** What an open text says of a server or portal. */
export interface Described {
  readonly ref: Ref;
  /** The resource as it is at Cloudflare, with pending changes. */
  readonly document: ResourceDocument;
  /** True where the text may say something else than Cloudflare has. */
  readonly isDraft: boolean;
  /** What saving or applying the text would change. */
  changes(text: string): readonly FieldChange[];
  /** What prevents the text from being saved or applied. */
  mistakes(text: string): readonly DocumentProblem[];
}

/** The open texts that describe servers and portals: our documents, or files of a workspace. */
export interface DescribedTexts {
  /** Fires when a text describes something else, or more is known of it, than before. */
  readonly onDidChange?: vscode.Event<void>;
  /** By URI. */
  open(): ReadonlyMap<string, vscode.TextDocument>;
  /** Undefined for any other text, and where the account doesn't tell yet. */
  describe(state: State, document: vscode.TextDocument): Described | undefined;
}

export const OUR_DOCUMENTS: DescribedTexts = {
  open: openDocuments,
  describe(state, { uri, isDirty }) {
    const ref = parseDocumentUri(uri);
    const document = ref && findDocument(state, ref);
    return (
      ref &&
      document && {
        ref,
        document,
        isDraft: isDirty,
        changes: (text) => documentChanges(document, document.text, text),
        mistakes: (text) => checkDocument(text, document),
      }
    );
  },
};
