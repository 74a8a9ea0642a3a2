import type { Edit } from "jsonc-parser";
import * as vscode from "vscode";
import type { DocumentFix } from "../../model/document/fix.ts";
import { documentFixes } from "../../model/document/fixes.ts";
import type { DocumentProblem } from "../../model/document/problem.ts";
import type { Server } from "../../model/server/server.ts";
import type { Offer } from "./offer.ts";

/** A document with what keeps it from being saved. */
export interface MistakenDocument {
  readonly document: vscode.TextDocument;
  /** As it is at Cloudflare, with what is on its way there. */
  readonly server: Server;
  readonly mistakes: readonly DocumentProblem[];
}

/** Changes of the text after which one thing less keeps it from being saved. */
export function mistakeOffers(
  { document, server, mistakes }: MistakenDocument,
  diagnostic: vscode.Diagnostic,
): readonly Offer[] {
  const mistake = mistakes.find(
    ({ message, span }) =>
      message === diagnostic.message && span.offset === document.offsetAt(diagnostic.range.start),
  );
  if (mistake === undefined) return [];
  const fixes = documentFixes(document.getText(), server, mistake);
  return fixes.map((fix) => fixOffer(document, fix, diagnostic));
}

export function fixOffer(
  document: vscode.TextDocument,
  fix: DocumentFix,
  diagnostic: vscode.Diagnostic,
): Offer {
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.isPreferred = fix.likely;
  action.edit = workspaceEdit(document, fix.edit);
  return { key: JSON.stringify(fix), action };
}

function workspaceEdit(
  document: vscode.TextDocument,
  { offset, length, content }: Edit,
): vscode.WorkspaceEdit {
  const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, range, content);
  return edit;
}
