import type * as vscode from "vscode";

/** What the lightbulb shows; two offers with the same key are one. */
export interface Offer {
  readonly key: string;
  readonly action: vscode.CodeAction;
}
