import * as vscode from "vscode";
import type { Observable } from "../observable.ts";
import { type Refresh, RefreshScheduler } from "./refreshScheduler.ts";
import { pause, RowRecall } from "./rowRecall.ts";
import type { TreeModel, TreeNode } from "./treeModel.ts";

export interface TreeProviderOptions<N> {
  /** The view that the provider belongs to. Asked for with the first rows, when it has been created. */
  view(): Pick<vscode.TreeView<N>, "reveal">;
  /** Called when VS Code asks for the rows below a node. */
  opened(node: N): void;
}

/**
 * The number of promises that VS Code awaits while it replaces a row, and some more. None of them
 * takes time.
 */
const TURNS_TO_REPLACE = 8;

/**
 * Milliseconds. For a little less, VS Code collects the events that follow one. Source:
 * extHostTreeViews.ts of 1.110 and 1.139, which debounces by 200 ms and passes on the first at once.
 */
export const COLLECTED_MS = 210;

/** VS Code draws a row for the first event, and once more for all that it has collected. */
const MOST_DRAWS = 2;

/** Shows the nodes of a model, and redraws those that a change concerns. */
export class TreeProvider<N extends TreeNode, C> implements vscode.TreeDataProvider<N> {
  readonly #model: TreeModel<N, C>;
  readonly #source: Observable<C>;
  readonly #opened: (node: N) => void;
  readonly #changed = new vscode.EventEmitter<N[] | undefined>();
  /** VS Code identifies a node by its object, so each id has one object. */
  readonly #nodes = new Map<string, N>();
  readonly #scheduler: RefreshScheduler<N>;
  readonly #recall: RowRecall<N>;
  /** Rows that VS Code was told to draw, and how many times it may still ask for their items. */
  readonly #drawing = new Map<N, number>();
  /** Runs while VS Code collects events. */
  #collecting: NodeJS.Timeout | undefined;
  /** True when all rows are to be drawn as soon as VS Code collects no more events. */
  #allWaits = false;
  readonly #subscription: vscode.Disposable;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(
    model: TreeModel<N, C>,
    source: Observable<C>,
    { view, opened }: TreeProviderOptions<N>,
  ) {
    this.#model = model;
    this.#source = source;
    this.#opened = opened;
    this.#scheduler = new RefreshScheduler(model.id, (what) => this.#draw(what));
    this.#recall = new RowRecall({
      id: model.id,
      parent: (node) => model.parent(source.current, node),
      firstChild: (node) => {
        const [child] = this.#childrenOf(node);
        return child && this.node(child);
      },
      reveal: (scout) => view().reveal(scout, { select: false, focus: false, expand: false }),
    });
    let before = source.current;
    this.#subscription = source.onDidChange(() => {
      const after = source.current;
      this.#follow(before, after);
      before = after;
    });
  }

  getChildren(node?: N): N[] {
    if (node !== undefined) {
      this.#opened(node);
    }
    const children = this.#childrenOf(node);
    const [first] = children;
    if (first !== undefined) {
      this.#recall.noteAsked(node, first);
    }
    return children.map((child) => this.node(child));
  }

  getTreeItem(node: N): vscode.TreeItem {
    if (this.#recall.isScout(node)) {
      // The scout has no row.
      throw new vscode.CancellationError();
    }
    const times = this.#drawing.get(node);
    if (times !== undefined) {
      this.#expect(node, times - 1);
      void this.#recallBelow(node);
    }
    return this.#model.item(this.#source.current, node);
  }

  getParent(node: N): vscode.ProviderResult<N> {
    const awaited = this.#recall.parentOfScout(node);
    if (awaited !== undefined) {
      return awaited;
    }
    const parent = this.#model.parent(this.#source.current, node);
    return parent && this.node(parent);
  }

  async resolveTreeItem(item: vscode.TreeItem, node: N): Promise<vscode.TreeItem> {
    item.tooltip = await this.#model.tooltip(this.#source.current, node);
    return item;
  }

  /**
   * Reports added and removed rows at once, so that VS Code knows the object that `node` returns.
   */
  flush(): void {
    this.#scheduler.flush();
    if (this.#allWaits) {
      this.#recall.forgetAll();
      this.#drawAll();
    }
  }

  /** Draws rows of which nothing has changed but what VS Code shows. */
  redraw(nodes: readonly N[]): void {
    this.#scheduler.schedule(nodes);
  }

  /** Called after each event of the view, because VS Code may collect the next one with it. */
  noteEvent(): void {
    clearTimeout(this.#collecting);
    this.#collecting = setTimeout(() => {
      this.#collecting = undefined;
      if (this.#allWaits) {
        this.#drawAll();
      }
    }, COLLECTED_MS);
  }

  noteActivity(): void {
    this.#scheduler.noteActivity();
  }

  noteCollapsed(node: N): void {
    this.#recall.noteCollapsed(node);
  }

  noteExpanded(node: N): void {
    this.#recall.noteExpanded(node);
  }

  /** The object by which VS Code knows this node. */
  node(like: N): N {
    const id = this.#model.id(like);
    const known = this.#nodes.get(id);
    if (known !== undefined) {
      return known;
    }
    this.#nodes.set(id, like);
    return like;
  }

  dispose(): void {
    clearTimeout(this.#collecting);
    this.#scheduler.dispose();
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #follow(before: C, after: C): void {
    const changed = this.#model.changed(before, after);
    if (changed === "all") {
      this.#scheduler.schedule("all");
      return;
    }
    this.#scheduler.schedule(changed.now);
    this.#scheduler.whenQuiet(changed.whenQuiet);
  }

  #draw(what: Refresh<N>): void {
    // Only an event that isn't collected makes VS Code forget every row at a time that is known.
    if (this.#allWaits || (what === "all" && this.#collecting !== undefined)) {
      this.#allWaits = true;
      return;
    }
    if (what === "all") {
      this.#drawAll();
      return;
    }
    const drawn = new Set(what.map((node) => this.node(node)));
    for (const node of drawn) {
      this.#expect(node, Math.min((this.#drawing.get(node) ?? 0) + 1, MOST_DRAWS));
    }
    this.#changed.fire([...drawn]);
    this.noteEvent();
  }

  #expect(node: N, times: number): void {
    if (times === 0) {
      this.#drawing.delete(node);
    } else {
      this.#drawing.set(node, times);
    }
  }

  #drawAll(): void {
    this.#allWaits = false;
    this.#nodes.clear();
    this.#drawing.clear();
    this.#changed.fire(undefined);
    this.noteEvent();
    void this.#recallBelow(undefined);
  }

  /**
   * VS Code asks for the item of a row after it has forgotten the rows below, and then replaces the
   * row. When all are drawn (undefined), it forgets every row and asks for nothing at first.
   */
  async #recallBelow(node: N | undefined): Promise<void> {
    await pause(TURNS_TO_REPLACE);
    await this.#recall.recall(node);
  }

  #childrenOf(node: N | undefined): readonly N[] {
    const { current } = this.#source;
    return node === undefined ? this.#model.roots(current) : this.#model.children(current, node);
  }
}
