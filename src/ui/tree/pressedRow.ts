import type * as vscode from "vscode";
import type { Target } from "../../contributions.ts";
import { nodeId } from "./nodes.ts";

/**
 * The row that a key was pressed on. VS Code tells of the selection and of the focus nothing. So a
 * key takes the row with the focus out of the selection and back in, or the other way round, before
 * it calls its command: the row is what came or went with the last change.
 */
export class PressedRow {
  #before: readonly Target[] = [];
  #now: readonly Target[] = [];
  readonly #subscription: vscode.Disposable;

  constructor({ onDidChangeSelection }: Pick<vscode.TreeView<Target>, "onDidChangeSelection">) {
    this.#subscription = onDidChangeSelection(({ selection }) => {
      this.#before = this.#now;
      this.#now = selection;
    });
  }

  get row(): Target | undefined {
    const changed = [...without(this.#now, this.#before), ...without(this.#before, this.#now)];
    return changed.length === 1 ? changed[0] : undefined;
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

function without(rows: readonly Target[], others: readonly Target[]): readonly Target[] {
  const ids = new Set(others.map(nodeId));
  return rows.filter((row) => !ids.has(nodeId(row)));
}
