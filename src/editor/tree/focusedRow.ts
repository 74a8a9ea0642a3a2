import type * as vscode from "vscode";

interface Selected<N> {
  readonly rows: readonly N[];
  /** Whether the change before this one can have had the same cause. */
  readonly followsAtOnce: boolean;
}

/** Two clicks are further apart than so many milliseconds; the two changes of a key are not. */
const APART_MS = 100;

/**
 * The row that a key was pressed on. VS Code tells extensions of the selection, not of the focus. So
 * a key toggles the focused row's selection twice before it calls its command: the row is what the
 * last change took out or put back.
 */
export class FocusedRow<N> {
  readonly #id: (row: N) => string;
  /** The last three selections. A key toggles twice, so the first equals the last. */
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

  /** The row, once for each key; undefined when no row had the focus. */
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
   * On a loaded machine the process may stand still between the two changes of a key. So the time
   * counts as over only after the messages that had arrived by then were read: those are read
   * between a timer and an immediate.
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
