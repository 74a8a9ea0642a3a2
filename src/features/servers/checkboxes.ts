import type { Disposable } from "../../base/emitter.ts";
import type { AppContext } from "../app.ts";
import { saveCapabilities } from "../edits/index.ts";
import type { ServersView } from "./view.ts";

/** Saves what checkboxes are set to, with one write for each server. */
export function registerCheckboxes(
  app: AppContext,
  tree: Pick<ServersView, "onDidCheck">,
): Disposable {
  return tree.onDidCheck((items) => {
    const changes = items.flatMap(({ node: target, checked: enabled }) =>
      target.kind === "tool" || target.kind === "prompt" ? [{ target, values: { enabled } }] : [],
    );
    return saveCapabilities(app, changes);
  });
}
