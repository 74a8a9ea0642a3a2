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

/** Read-only documents whose text is derived from `source`. Open documents follow its changes. */
export class VirtualDocuments<C, T> implements vscode.TextDocumentContentProvider {
  readonly #kind: VirtualDocumentKind<C, T>;
  readonly #source: Observable<C>;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscription: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor(kind: VirtualDocumentKind<C, T>, source: Observable<C>) {
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
    return this.#kind.textOf(this.#kind.sourceOf(this.#source.current, uri));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}
