import * as vscode from "vscode";
import type { Target } from "../../contributions.ts";
import { catalogueOf } from "../../model/catalogue.ts";
import { findServer } from "../../store/state.ts";
import type { ReadonlyStore } from "../../store/store.ts";
import { changedNodes } from "./changes.ts";
import { childrenOf, nodeId, parentOf, rootsOf } from "./nodes.ts";
import { capabilityTooltip, serverTooltip } from "./tooltip.ts";
import { toTreeItem } from "./treeItem.ts";

/** Projects the state; fetches nothing. */
export class ServersProvider implements vscode.TreeDataProvider<Target> {
  readonly #store: ReadonlyStore;
  readonly #changed = new vscode.EventEmitter<Target[] | undefined>();
  /** VS Code knows a node by the identity of its object, so each id has one object. */
  readonly #nodes = new Map<string, Target>();
  readonly #subscription: vscode.Disposable;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(store: ReadonlyStore) {
    this.#store = store;
    let before = store.state;
    this.#subscription = store.onDidChange((after) => {
      this.#fire(changedNodes(before, after));
      before = after;
    });
  }

  getChildren(node?: Target): Target[] {
    const { state } = this.#store;
    const children = node === undefined ? rootsOf(state) : childrenOf(state, node);
    return children.map((child) => this.node(child));
  }

  getTreeItem(node: Target): vscode.TreeItem {
    return toTreeItem(this.#store.state, node);
  }

  getParent(node: Target): Target | undefined {
    const parent = parentOf(this.#store.state, node);
    return parent && this.node(parent);
  }

  resolveTreeItem(item: vscode.TreeItem, node: Target): vscode.TreeItem {
    item.tooltip = this.#tooltip(node);
    return item;
  }

  /** The object by which VS Code knows this node. */
  node(target: Target): Target {
    const id = nodeId(target);
    const known = this.#nodes.get(id);
    if (known !== undefined) return known;
    this.#nodes.set(id, target);
    return target;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #fire(changed: readonly Target[] | "all"): void {
    if (changed === "all") {
      this.#nodes.clear();
      this.#changed.fire(undefined);
    } else if (changed.length > 0) {
      this.#changed.fire(changed.map((node) => this.node(node)));
    }
  }

  #tooltip(node: Target): vscode.MarkdownString | undefined {
    if (node.kind === "account") return undefined;
    const found = findServer(this.#store.state, node.accountId, node.serverId);
    if (found === undefined || node.kind === "group") return undefined;
    if (node.kind === "server") return serverTooltip(found.server);
    const shown = catalogueOf(found.server).find(node.kind, node.name);
    return shown && capabilityTooltip(shown);
  }
}
