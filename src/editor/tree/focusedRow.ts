import type * as vscode from "vscode";

interface Selected<N> {
  readonly rows: readonly N[];
  /**
   * True where this change came soon after the one before, so that one key may have caused both.
   */
  readonly followsAtOnce: boolean;
}

/** Most milliseconds between the two changes that one key causes. Two clicks are further apart. */
const APART_MS = 100;

/**
 * Finds the row on which a key was pressed. VS Code tells extensions the selection but not the
 * focus. So a key binding toggles the selection of the focused row twice before it runs its
 * command. The row is the one that the last change removed or restored.
 */
export class FocusedRow<N> {
  readonly #id: (row: N) => string;
  /** The last three selections. After a key that toggled twice, the first equals the last. */
  #selections: readonly Selected<N>[] = [{ rows: [], followsAtOnce: false }];
  #isRecent = false;
  #timer: NodeJS.Timeout | undefined;
  #turn: NodeJS.Immediate | undefined;
  readonly #subscription: vscode.Disposable;

  constructor(
    id: (row: N) => string,
    { onDidChangeSelection }: Pick<vscode.TreeView<N>, "onDidChangeSelection">,
  ) {
    this.#id = id;
    this.#subscription = onDidChangeSelection(({ selection }) => {
      this.#selections = [
        ...this.#selections.slice(-2),
        { rows: selection, followsAtOnce: this.#isRecent },
      ];
      this.#startClock();
    });
  }

  /** Returns the row once for each key; undefined when no row had the focus. */
  consume(): N | undefined {
    const [first, between, last] = this.#selections;
    this.#selections = this.#selections.slice(-1);
    if (first === undefined || between === undefined || last === undefined) {
      return undefined;
    }
    if (!last.followsAtOnce || this.#difference(first.rows, last.rows).length > 0) {
      return undefined;
    }
    const changed = this.#difference(between.rows, last.rows);
    return changed.length === 1 ? changed[0] : undefined;
  }

  dispose(): void {
    this.#stopClock();
    this.#subscription.dispose();
  }

  /**
   * On a loaded machine the process may pause between the two changes of a key. So the time counts
   * as over only after the messages that had arrived by then were handled, which happens between a
   * timer and an immediate.
   */
  #startClock(): void {
    this.#stopClock();
    this.#isRecent = true;
    this.#timer = setTimeout(() => {
      this.#turn = setImmediate(() => {
        this.#isRecent = false;
      });
    }, APART_MS);
  }

  #stopClock(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#turn);
  }

  #difference(one: readonly N[], other: readonly N[]): readonly N[] {
    return [...this.#without(one, other), ...this.#without(other, one)];
  }

  #without(rows: readonly N[], others: readonly N[]): readonly N[] {
    const ids = new Set(others.map(this.#id));
    return rows.filter((row) => !ids.has(this.#id(row)));
  }
}
