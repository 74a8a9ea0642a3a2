import { Tree } from "../../editor/tree/tree.ts";
import type { State } from "../../engine/state.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import { type PortalTarget, VIEWS } from "../../manifest.ts";
import { PORTALS_TREE } from "./treeModel.ts";

/** The "Portals" view. */
export class PortalsView extends Tree<PortalTarget, State> {
  constructor(store: ReadonlyStore) {
    super(VIEWS.portals, PORTALS_TREE, {
      get current() {
        return store.state;
      },
      onDidChange: (listener) => store.onDidChange(listener),
    });
  }
}
