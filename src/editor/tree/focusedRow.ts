import type * as vscode from "vscode";
import { nodeId } from "../../features/servers/nodes.ts";
import type { Target } from "../../manifest.ts";

interface Selected {
  readonly rows: readonly Target[];
  readonly at: number;
}

/** Nobody clicks twice within so many milliseconds, and what a key does comes at once. */
const APART_MS = 100;

/**
 * The row that a key was pressed on. VS Code tells of the selection and of the focus nothing. So a
 * key takes the row with the focus out of the selection and back in, or the other way round, before
 * it calls its command: the row is what came or went with the last change.
 */
export class FocusedRow {
  /** The last three selections: a key takes the row out and in, so the first is like the last. */
  #selections: readonly Selected[] = [{ rows: [], at: 0 }];
  readonly #subscription: vscode.Disposable;

  constructor({ onDidChangeSelection }: Pick<vscode.TreeView<Target>, "onDidChangeSelection">) {
    this.#subscription = onDidChangeSelection(({ selection }) => {
      this.#selections = [...this.#selections.slice(-2), { rows: selection, at: Date.now() }];
    });
  }

  /** Told once for each key: undefined for a key that no row had the focus for. */
  consume(): Target | undefined {
    const [first, between, last] = this.#selections;
    this.#selections = this.#selections.slice(-1);
    if (first === undefined || between === undefined || last === undefined) {
      return undefined;
    }
    if (last.at - between.at > APART_MS) {
      return undefined;
    }
    if (difference(first.rows, last.rows).length > 0) {
      return undefined;
    }
    const changed = difference(between.rows, last.rows);
    return changed.length === 1 ? changed[0] : undefined;
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

function difference(one: readonly Target[], other: readonly Target[]): readonly Target[] {
  return [...without(one, other), ...without(other, one)];
}

function without(rows: readonly Target[], others: readonly Target[]): readonly Target[] {
  const ids = new Set(others.map(nodeId));
  return rows.filter((row) => !ids.has(nodeId(row)));
}
