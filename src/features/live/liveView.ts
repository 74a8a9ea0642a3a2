import * as vscode from "vscode";
import { memoize } from "../../base/memo.ts";
import type { LiveComparison } from "../../domain/live/compareLive.ts";
import { Tree } from "../../editor/tree/tree.ts";
import { CONTEXT_KEYS, VIEWS } from "../../manifest.ts";
import type { PortalAddress } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { LIVE_TREE, type LiveNode } from "./liveTree.ts";

/** A comparison, and the portal's name when it was made. */
export interface ShownComparison extends PortalAddress {
  readonly name: string;
  readonly comparison: LiveComparison;
}

/** The view of a window. It is there from the first comparison until they are cleared. */
export const liveView = memoize((_app: AppContext) => new LiveView());

class LiveView {
  readonly #changed = new vscode.EventEmitter<void>();
  #shown: readonly ShownComparison[] = [];
  #tree: Tree<LiveNode, readonly ShownComparison[]> | undefined;

  /** Replaces an earlier comparison of the same portal. */
  async show(comparison: ShownComparison): Promise<void> {
    const { accountId, portalId } = comparison;
    const isOther = (each: ShownComparison): boolean =>
      each.accountId !== accountId || each.portalId !== portalId;
    this.#replace([...this.#shown.filter(isOther), comparison]);
    this.#tree ??= this.#makeTree();
    await vscode.commands.executeCommand("setContext", CONTEXT_KEYS.compared, true);
    await vscode.commands.executeCommand(`${VIEWS.live}.focus`, { preserveFocus: true });
  }

  /** Returns the portals whose comparisons are gone. */
  clear(): readonly PortalAddress[] {
    const gone = this.#shown;
    this.#replace([]);
    void vscode.commands.executeCommand("setContext", CONTEXT_KEYS.compared, false);
    return gone;
  }

  #replace(shown: readonly ShownComparison[]): void {
    this.#shown = shown;
    this.#changed.fire();
  }

  #makeTree(): Tree<LiveNode, readonly ShownComparison[]> {
    const shown = (): readonly ShownComparison[] => this.#shown;
    return new Tree(VIEWS.live, LIVE_TREE, {
      get current() {
        return shown();
      },
      onDidChange: (listener) => this.#changed.event(listener),
    });
  }
}
