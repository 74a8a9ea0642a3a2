/** The access to the tree that `RowRecall` needs. */
export interface RecallOptions<N> {
  id(node: N): string;
  /** Undefined for a root. */
  parent(node: N): N | undefined;
  /** A current child of a row, or a current root; undefined where there is none. */
  firstChild(node: N | undefined): N | undefined;
  /** `TreeView.reveal` without selecting, focusing or expanding. */
  reveal(node: N): Thenable<void>;
}

interface Scout<N> {
  /** Undefined for the scout that stands for the roots. */
  readonly below: N | undefined;
  readonly parent: Promise<N>;
  resolve(parent: N): void;
  /** Resolves when VS Code has given up revealing the scout, and so has learned the rows. */
  readonly ended: Promise<void>;
}

/** Stands for the roots. It is the id of no row. */
const ROOTS = "";

/** The number of promises that VS Code awaits while it learns the rows of a scout, and some more. */
const TURNS_TO_LEARN = 100;

/**
 * Keeps VS Code from losing rows while it draws. When a row is drawn again, the extension host
 * forgets all rows below it; when the tree is, it forgets every row. It learns them again some 100 ms
 * later, when the window asks for them. A click, a checkbox or a key in between reaches the extension
 * without its row.
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

  /** Called when VS Code has asked for the rows below this one, or for the roots. */
  noteAsked(below: N | undefined, child: N): void {
    const id = this.#idOf(below);
    if (this.#ready.has(id)) {
      return;
    }
    const scout = { ...child };
    const { promise, resolve } = Promise.withResolvers<N>();
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    this.#ready.set(id, scout);
    this.#scouts.set(scout, { below, parent: promise, resolve, ended });
    // The reveal always fails, because there is no such row.
    const fail = (): void => {
      end();
      if (this.#ready.get(id) !== scout) {
        this.noteAsked(below, child);
      }
    };
    this.#options.reveal(scout).then(fail, fail);
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

  /**
   * Called when VS Code has just forgotten the rows below this one.
   * @param drawn undefined when it has forgotten every row
   */
  async recall(drawn: N | undefined): Promise<void> {
    const due = [...this.#ready.values()]
      .flatMap((scout) => {
        const known = this.#scouts.get(scout);
        const depth = known === undefined ? undefined : this.#depthBelow(known.below, drawn);
        return known === undefined || depth === undefined ? [] : [{ scout, depth, ...known }];
      })
      .sort((one, other) => one.depth - other.depth);
    for (const { scout, below, resolve, ended } of due) {
      const id = this.#idOf(below);
      const child = this.#options.firstChild(below);
      if (child === undefined || this.#ready.get(id) !== scout) {
        continue;
      }
      this.#ready.delete(id);
      resolve(child);
      // One by one, because VS Code drops a request for rows when a second one asks for the same.
      await Promise.race([ended, pause(TURNS_TO_LEARN)]);
    }
  }

  /** Called when VS Code will forget every row at a time that isn't known. */
  forgetAll(): void {
    this.#ready.clear();
  }

  #idOf(node: N | undefined): string {
    return node === undefined ? ROOTS : this.#options.id(node);
  }

  /** The number of levels from `drawn` down to a row; undefined for a row that isn't shown below it. */
  #depthBelow(node: N | undefined, drawn: N | undefined): number | undefined {
    const drawnId = this.#idOf(drawn);
    let depth = 0;
    for (let at = node; at !== undefined; at = this.#options.parent(at)) {
      const id = this.#options.id(at);
      if (this.#collapsed.has(id)) {
        return undefined;
      }
      if (id === drawnId) {
        return depth;
      }
      depth += 1;
    }
    return drawn === undefined ? depth : undefined;
  }
}

/** Awaits a number of promises, one after the other. It takes no time. */
export async function pause(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) {
    await undefined;
  }
}
