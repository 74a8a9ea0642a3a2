import type { Disposable } from "vscode";

/** A value that is replaced on every change and never mutated. */
export interface Observable<C> {
  readonly current: C;
  /** Calls the listener after `current` was replaced. */
  onDidChange(listener: () => void): Disposable;
}
