import * as vscode from "vscode";
import { catalogueOf } from "../../domain/catalogue/layers.ts";
import { type Refresh, RefreshScheduler } from "../../editor/tree/redraw.ts";
import { findServer } from "../../engine/state.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import type { Target } from "../../manifest.ts";
import type { Findings } from "../problems/findings.ts";
import type { RowDecorations } from "../problems/rowDecorations.ts";
import { type ChangedRows, changedRows } from "./changedRows.ts";
import {
  childrenOf,
  nodeId,
  parentOf,
  rootsOf,
  type TreeContext,
  visibleAccounts,
} from "./nodes.ts";
import { toTreeItem } from "./treeItems.ts";

/** Projects the state; fetches nothing. */
export class ServersProvider implements vscode.TreeDataProvider<Target> {
  readonly #store: ReadonlyStore;
  readonly #problems: Findings;
  readonly #changed = new vscode.EventEmitter<Target[] | undefined>();
  /** VS Code knows a node by the identity of its object, so each id has one object. */
  readonly #nodes = new Map<string, Target>();
  readonly #rows: RowDecorations;
  readonly #opened: () => void;
  readonly #redraw = new RefreshScheduler((what) => this.#draw(what));
  /** The servers that the filter leaves; undefined without one. */
  #visible: string | undefined;
  readonly #subscriptions: readonly vscode.Disposable[];

  readonly onDidChangeTreeData = this.#changed.event;

  /** @param opened is told whenever the rows of a server are to be shown */
  constructor(store: ReadonlyStore, problems: Findings, rows: RowDecorations, opened: () => void) {
    this.#store = store;
    this.#opened = opened;
    this.#problems = problems;
    this.#rows = rows;
    let before = store.state;
    this.#subscriptions = [
      store.onDidChange((after) => {
        this.#follow(this.#hasMoved() ? "all" : changedRows(before, after));
        before = after;
      }),
      // Other servers' rows too: a name here can collide with one there.
      problems.onDidChange((addresses) => {
        if (this.#hasMoved()) {
          return this.#redraw.schedule("all");
        }
        const servers = addresses
          .filter(({ accountId, serverId }) => findServer(store.state, accountId, serverId))
          .map((address) => ({ kind: "server", ...address }) as const);
        // With a filter rows come and go by their problems.
        if (store.state.filter.size > 0) {
          this.#redraw.schedule(servers);
        } else {
          this.#redraw.whenQuiet(servers);
        }
      }),
    ];
  }

  getChildren(node?: Target): Target[] {
    if (node?.kind === "server") {
      this.#opened();
    }
    const children = node === undefined ? rootsOf(this.#screen) : childrenOf(this.#screen, node);
    return children.map((child) => this.node(child));
  }

  getTreeItem(node: Target): vscode.TreeItem {
    return this.#rows.mark(toTreeItem(this.#screen, node), node);
  }

  getParent(node: Target): Target | undefined {
    const parent = parentOf(this.#store.state, node);
    return parent && this.node(parent);
  }

  async resolveTreeItem(item: vscode.TreeItem, node: Target): Promise<vscode.TreeItem> {
    const tooltip = await this.#tooltip(node);
    if (tooltip !== undefined) {
      this.#rows.explain(tooltip, node);
    }
    item.tooltip = tooltip;
    return item;
  }

  /** Rows that came or went are told at once, so that `node` returns what VS Code will know. */
  flush(): void {
    this.#redraw.flush();
  }

  /** Somebody is at work on rows. */
  touch(): void {
    this.#redraw.noteActivity();
  }

  /** The object by which VS Code knows this node. */
  node(target: Target): Target {
    const id = nodeId(target);
    const known = this.#nodes.get(id);
    if (known !== undefined) {
      return known;
    }
    this.#nodes.set(id, target);
    return target;
  }

  dispose(): void {
    this.#redraw.dispose();
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
    this.#changed.dispose();
  }

  get #screen(): TreeContext {
    return { state: this.#store.state, problems: this.#problems };
  }

  /** Whether the filter has let servers come or go since this was asked last. */
  #hasMoved(): boolean {
    const before = this.#visible;
    const isFiltered = this.#store.state.filter.size > 0;
    this.#visible = isFiltered
      ? JSON.stringify(visibleAccounts(this.#screen).map(({ serverIds }) => serverIds))
      : undefined;
    return before !== this.#visible;
  }

  #follow(changed: ChangedRows | "all"): void {
    if (changed === "all") {
      this.#redraw.schedule("all");
      return;
    }
    this.#redraw.schedule([...changed.servers, ...changed.capabilities]);
    this.#redraw.whenQuiet(changed.counts);
  }

  #draw(what: Refresh): void {
    if (what === "all") {
      this.#nodes.clear();
      this.#changed.fire(undefined);
    } else {
      this.#changed.fire([...new Set(what.map((node) => this.node(node)))]);
    }
  }

  async #tooltip(node: Target): Promise<vscode.MarkdownString | undefined> {
    const { serverTooltip, capabilityTooltip } = await import("./tooltips.ts");
    if (node.kind === "account" || node.kind === "group") {
      return undefined;
    }
    const found = findServer(this.#store.state, node.accountId, node.serverId);
    if (found === undefined) {
      return undefined;
    }
    if (node.kind === "server") {
      return serverTooltip(found.optimistic);
    }
    const shown = catalogueOf(found.optimistic).find(node.kind, node.name);
    return shown && capabilityTooltip(shown);
  }
}
