import * as vscode from "vscode";
import type { Observable } from "../observable.ts";
import { type Refresh, RefreshScheduler } from "./refreshScheduler.ts";
import type { TreeModel, TreeNode } from "./treeModel.ts";

/** Shows a model's nodes, and draws again the rows that a change concerns. */
export class TreeProvider<N extends TreeNode, C> implements vscode.TreeDataProvider<N> {
  readonly #model: TreeModel<N, C>;
  readonly #source: Observable<C>;
  readonly #opened: (node: N) => void;
  readonly #changed = new vscode.EventEmitter<N[] | undefined>();
  /** VS Code knows a node by the identity of its object, so each id has one object. */
  readonly #nodes = new Map<string, N>();
  readonly #scheduler: RefreshScheduler<N>;
  readonly #subscription: vscode.Disposable;

  readonly onDidChangeTreeData = this.#changed.event;

  /** @param opened is told whenever VS Code asks for the rows below one */
  constructor(model: TreeModel<N, C>, source: Observable<C>, opened: (node: N) => void) {
    this.#model = model;
    this.#source = source;
    this.#opened = opened;
    this.#scheduler = new RefreshScheduler(model.id, (what) => this.#draw(what));
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
    return children.map((child) => this.node(child));
  }

  getTreeItem(node: N): vscode.TreeItem {
    return this.#model.item(this.#source.current, node);
  }

  getParent(node: N): N | undefined {
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
      this.#changed.fire(undefined);
    } else {
      this.#changed.fire([...new Set(what.map((node) => this.node(node)))]);
    }
  }
}
