import type * as vscode from "vscode";
import { isOffOnServer } from "../../domain/portals/exposure.ts";
import { Tree } from "../../editor/tree/tree.ts";
import { findMappedCatalogue, type State } from "../../engine/state.ts";
import { VIEWS } from "../../manifest.ts";
import type { PortalTarget } from "../../target.ts";
import type { RowDetails } from "../display/index.ts";
import {
  countLeftInPortals,
  filterInWords,
  observeTreeContext,
  type TreeContext,
  type TreeSources,
  viewMessage,
} from "../targets/index.ts";
import { portalsTree } from "./treeModel.ts";

/** The "Portals" view: its tree and message. */
export class PortalsView extends Tree<PortalTarget, TreeContext> {
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(sources: TreeSources, details: RowDetails) {
    const { store } = sources;
    const source = observeTreeContext(sources);
    super(VIEWS.portals, portalsTree(details), source, { dropsFrom: Object.values(VIEWS) });
    const show = (): void => {
      const words = filterInWords(source.current, countLeftInPortals);
      const message = viewMessage(source.current, "portal", words);
      // Each assignment sends a message to the window and redraws the view.
      if ((this.view.message ?? "") !== message) {
        this.setMessage(message);
      }
    };
    show();
    this.#subscriptions = [
      source.onDidChange(show),
      // VS Code ticks a box by itself. This one is unticked again: a portal can't turn on what its server
      // has off.
      this.onDidCheck((items) =>
        this.provider.redraw(
          items
            .filter(({ node, checked }) => checked && isRowOffOnServer(store.state, node))
            .map(({ node }) => node),
        ),
      ),
    ];
  }

  override dispose(): void {
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
    super.dispose();
  }
}

function isRowOffOnServer(state: State, node: PortalTarget): boolean {
  if (node.kind !== "tool" && node.kind !== "prompt") {
    return false;
  }
  const found = findMappedCatalogue(state, node)?.find(node.kind, node.name);
  return found !== undefined && isOffOnServer(found);
}
