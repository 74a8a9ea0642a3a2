/** The access to the tree that `RowRecall` needs. */
export interface RecallOptions<N> {
  id(node: N): string;
  /** Undefined for a root. */
  parent(node: N): N | undefined;
  /** A current child of a row; undefined where it has none. */
  firstChild(node: N): N | undefined;
  /** `TreeView.reveal` without selecting, focusing or expanding. */
  reveal(node: N): Thenable<void>;
}

interface Scout<N> {
  readonly below: N;
  readonly parent: Promise<N>;
  resolve(parent: N): void;
}

/**
 * Keeps VS Code from losing rows while it draws. When a row is drawn again, the extension host
 * forgets all rows below it. It learns them again some 100 ms later, when the window asks for them.
 * A click, a checkbox or a key in between reaches the extension without its row.
 *
 * `TreeView.reveal` makes the host learn all rows from a root to the revealed one. So for each row
 * whose children were asked for, a reveal of a row that doesn't exist is kept pending: the scout.
 * The reveal waits for the scout's parent, which is given in the turn in which the rows were
 * forgotten. The host then learns the rows and finds no scout, and the window isn't told anything.
 */
export class RowRecall<N extends object> {
  readonly #options: RecallOptions<N>;
  /** Weak, because VS Code may ask for a scout whose rows are gone. */
  readonly #scouts = new WeakMap<N, Scout<N>>();
  readonly #ready = new Map<string, N>();
  readonly #collapsed = new Set<string>();

  constructor(options: RecallOptions<N>) {
    this.#options = options;
  }

  /** Called when VS Code has asked for the rows below this one. */
  noteAsked(below: N, child: N): void {
    const id = this.#options.id(below);
    if (this.#ready.has(id)) {
      return;
    }
    const scout = { ...child };
    const { promise, resolve } = Promise.withResolvers<N>();
    this.#ready.set(id, scout);
    this.#scouts.set(scout, { below, parent: promise, resolve });
    // The reveal always fails, because there is no such row.
    const end = (): void => {
      if (this.#ready.get(id) !== scout) {
        this.noteAsked(below, child);
      }
    };
    this.#options.reveal(scout).then(end, end);
  }

  noteCollapsed(node: N): void {
    this.#collapsed.add(this.#options.id(node));
  }

  noteExpanded(node: N): void {
    this.#collapsed.delete(this.#options.id(node));
  }

  isScout(node: N): boolean {
    return this.#scouts.has(node);
  }

  /** Undefined for a row that isn't a scout. */
  parentOfScout(node: N): Promise<N> | undefined {
    return this.#scouts.get(node)?.parent;
  }

  /** Called when VS Code has just forgotten the rows below this one. */
  recall(drawn: N): void {
    for (const [id, scout] of [...this.#ready]) {
      const below = this.#scouts.get(scout)?.below;
      if (below === undefined || !this.#isShownBelow(below, drawn)) {
        continue;
      }
      const child = this.#options.firstChild(below);
      if (child !== undefined) {
        this.#ready.delete(id);
        this.#scouts.get(scout)?.resolve(child);
      }
    }
  }

  /** Called when VS Code has forgotten all rows and is about to ask for the roots. */
  forgetAll(): void {
    this.#ready.clear();
  }

  #isShownBelow(node: N, drawn: N): boolean {
    const drawnId = this.#options.id(drawn);
    for (let at: N | undefined = node; at !== undefined; at = this.#options.parent(at)) {
      const id = this.#options.id(at);
      if (this.#collapsed.has(id)) {
        return false;
      }
      if (id === drawnId) {
        return true;
      }
    }
    return false;
  }
}
