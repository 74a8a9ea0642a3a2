import * as vscode from "vscode";
import { sameJson } from "../../base/json.ts";
import { memoize } from "../../base/memo.ts";
import { compareLive, type LiveComparison } from "../../domain/live/compareLive.ts";
import type { LiveTool } from "../../domain/live/liveTools.ts";
import type { SurroundingFacts } from "../../domain/reach/chain.ts";
import { Tree } from "../../editor/tree/tree.ts";
import { CONTEXT_KEYS, VIEWS } from "../../manifest.ts";
import type { PortalAddress } from "../../target.ts";
import { isSame } from "../connect/index.ts";
import { connectedTo } from "./connected.ts";
import type { LiveContext } from "./context.ts";
import { LIVE_TREE, type LiveNode } from "./liveTree.ts";
import { ToolsWatch } from "./toolsWatch.ts";

/** A comparison, and the portal's name when it was made. */
export interface ShownComparison extends PortalAddress {
  readonly name: string;
  readonly comparison: LiveComparison;
  /** What it rests on besides the portal and its servers. */
  readonly surroundings: SurroundingFacts;
}

/** The view of a window. It is there from the first comparison until they are cleared. */
export const liveView = memoize((app: LiveContext) => new LiveView(app));

class LiveView {
  readonly #app: LiveContext;
  readonly #changed = new vscode.EventEmitter<void>();
  #shown: readonly ShownComparison[] = [];
  #tree: Tree<LiveNode, readonly ShownComparison[]> | undefined;

  constructor(app: LiveContext) {
    this.#app = app;
  }

  /** Replaces an earlier comparison of the same portal. What isn't as expected is a problem too. */
  async show(comparison: ShownComparison): Promise<void> {
    this.#replace([...this.#shown.filter((each) => !isSame(each, comparison)), comparison]);
    this.#mark(comparison);
    this.#tree ??= this.#makeTree();
    await vscode.commands.executeCommand("setContext", CONTEXT_KEYS.compared, true);
    await vscode.commands.executeCommand(`${VIEWS.live}.focus`, { preserveFocus: true });
  }

  clear(): void {
    for (const address of this.#shown) {
      this.#app.findings.setLive(address, []);
    }
    this.#replace([]);
    void vscode.commands.executeCommand("setContext", CONTEXT_KEYS.compared, false);
  }

  /** Compares all again, without asking anybody anything. */
  async #compareAgain(live: readonly LiveTool[]): Promise<void> {
    for (const before of this.#shown) {
      const to = await connectedTo(this.#app, before);
      const facts = to && { ...to.facts, ...before.surroundings };
      const comparison = to && facts && compareLive({ ...to, facts }, live);
      // Without a session there is nothing newer to say.
      if (comparison !== undefined && !sameJson(comparison, before.comparison)) {
        this.#update(before, { ...before, comparison });
      }
    }
  }

  /** Does nothing where somebody has compared or cleared meanwhile. */
  #update(before: ShownComparison, after: ShownComparison): void {
    if (this.#shown.includes(before)) {
      this.#replace(this.#shown.map((each) => (each === before ? after : each)));
      this.#mark(after);
    }
  }

  #mark({ comparison, ...address }: ShownComparison): void {
    const found = comparison.items.filter(({ state }) => state !== "expected");
    this.#app.findings.setLive(address, found);
  }

  #replace(shown: readonly ShownComparison[]): void {
    this.#shown = shown;
    this.#changed.fire();
  }

  #makeTree(): Tree<LiveNode, readonly ShownComparison[]> {
    const shown = (): readonly ShownComparison[] => this.#shown;
    const tree = new Tree(VIEWS.live, LIVE_TREE, {
      get current() {
        return shown();
      },
      onDidChange: (listener) => this.#changed.event(listener),
    });
    const watch = new ToolsWatch((live) => this.#compareAgain(live));
    tree.view.onDidChangeVisibility(({ visible }) => watch.run(visible));
    watch.run(tree.view.visible);
    return tree;
  }
}
