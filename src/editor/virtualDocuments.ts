import * as vscode from "vscode";
import type { Observable } from "./observable.ts";

/** Describes the documents of a scheme. */
export interface VirtualDocumentKind<C, T> {
  readonly scheme: string;
  /** The value that the text is made from. The same object means the same text. */
  sourceOf(context: C, uri: vscode.Uri): T | undefined;
  /** @param source undefined where it no longer exists */
  textOf(source: T | undefined): string;
}

/** The same where a text depends on the URI too. */
export interface AddressedDocumentKind<C, T> extends Omit<VirtualDocumentKind<C, T>, "textOf"> {
  textOf(source: T | undefined, uri: vscode.Uri): string;
}

/** Read-only documents whose text is derived from `source`. Open documents follow its changes. */
export class VirtualDocuments<C, T> implements vscode.TextDocumentContentProvider {
  readonly #kind: AddressedDocumentKind<C, T>;
  readonly #source: Observable<C>;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscription: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor(kind: AddressedDocumentKind<C, T>, source: Observable<C>) {
    this.#kind = kind;
    this.#source = source;
    let before = source.current;
    this.#subscription = source.onDidChange(() => {
      const after = source.current;
      for (const { uri } of vscode.workspace.textDocuments) {
        if (uri.scheme !== kind.scheme) {
          continue;
        }
        if (kind.sourceOf(before, uri) !== kind.sourceOf(after, uri)) {
          this.#changed.fire(uri);
        }
      }
      before = after;
    });
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#kind.textOf(this.#kind.sourceOf(this.#source.current, uri), uri);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}
