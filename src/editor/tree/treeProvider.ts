import * as vscode from "vscode";
import type { Observable } from "../observable.ts";
import { type Refresh, RefreshScheduler } from "./refreshScheduler.ts";
import { RowRecall } from "./rowRecall.ts";
import type { TreeModel, TreeNode } from "./treeModel.ts";

export interface TreeProviderOptions<N> {
  /** The view that the provider is for. */
  view(): Pick<vscode.TreeView<N>, "reveal">;
  /** Is told whenever VS Code asks for the rows below one. */
  opened(node: N): void;
}

/** So many promises VS Code goes through to replace a row, and some more: none of them waits. */
const TURNS_TO_REPLACE = 8;

/** Shows a model's nodes, and draws again the rows that a change concerns. */
export class TreeProvider<N extends TreeNode, C> implements vscode.TreeDataProvider<N> {
  readonly #model: TreeModel<N, C>;
  readonly #source: Observable<C>;
  readonly #opened: (node: N) => void;
  readonly #changed = new vscode.EventEmitter<N[] | undefined>();
  /** VS Code knows a node by the identity of its object, so each id has one object. */
  readonly #nodes = new Map<string, N>();
  readonly #scheduler: RefreshScheduler<N>;
  readonly #recall: RowRecall<N>;
  /** The rows that VS Code was told to draw, until it asks how they look. */
  readonly #drawing = new Set<N>();
  readonly #subscription: vscode.Disposable;

  readonly onDidChangeTreeData = this.#changed.event;

  /** @param view is asked for when VS Code first asks for rows, so after the view was made */
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
        const [child] = model.children(source.current, node);
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
    const { current } = this.#source;
    const children =
      node === undefined ? this.#model.roots(current) : this.#model.children(current, node);
    const [first] = children;
    if (node !== undefined && first !== undefined) {
      this.#recall.noteAsked(node, first);
    }
    return children.map((child) => this.node(child));
  }

  getTreeItem(node: N): vscode.TreeItem {
    if (this.#recall.isScout(node)) {
      // It has no row.
      throw new vscode.CancellationError();
    }
    if (this.#drawing.delete(node)) {
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

  /** Tells VS Code at once of rows that came or went, so that `node` returns what it will know. */
  flush(): void {
    this.#scheduler.flush();
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
    if (what === "all") {
      this.#nodes.clear();
      this.#drawing.clear();
      this.#recall.forgetAll();
      this.#changed.fire(undefined);
      return;
    }
    const drawn = new Set(what.map((node) => this.node(node)));
    for (const node of drawn) {
      this.#drawing.add(node);
    }
    this.#changed.fire([...drawn]);
  }

  /** VS Code asks how a row looks after it has forgotten the rows below, and then replaces the row. */
  async #recallBelow(node: N): Promise<void> {
    for (let turn = 0; turn < TURNS_TO_REPLACE; turn += 1) {
      await undefined;
    }
    this.#recall.recall(node);
  }
}
