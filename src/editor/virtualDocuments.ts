import * as vscode from "vscode";
import type { State } from "../engine/state.ts";
import type { ReadonlyStore } from "../engine/store.ts";

/** What a kind of document shows. */
export interface DerivedKind<T> {
  readonly scheme: string;
  /** What the text is made of: the same object as long as the text is the same. */
  sourceOf(state: State, uri: vscode.Uri): T | undefined;
  /** @param source undefined when there is no such thing any more */
  textOf(source: T | undefined): string;
}

/** Documents to be read, made from the state. An open one follows it. */
export class DerivedDocuments<T> implements vscode.TextDocumentContentProvider {
  readonly #store: ReadonlyStore;
  readonly #kind: DerivedKind<T>;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscription: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor(store: ReadonlyStore, kind: DerivedKind<T>) {
    this.#store = store;
    this.#kind = kind;
    let before = store.state;
    this.#subscription = store.onDidChange((after) => {
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
    return this.#kind.textOf(this.#kind.sourceOf(this.#store.state, uri));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}
