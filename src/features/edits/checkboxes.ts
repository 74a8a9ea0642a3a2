import type { Disposable, Event } from "../../base/emitter.ts";
import type { Checked } from "../../editor/tree/tree.ts";
import type { Row } from "../../target.ts";
import type { AppContext } from "../app.ts";

/** Saves what checkboxes are set to, with one write for each server and portal. */
export function registerCheckboxes(
  app: AppContext,
  trees: readonly { readonly onDidCheck: Event<readonly Checked<Row>[]> }[],
): readonly Disposable[] {
  return trees.map(({ onDidCheck }) =>
    onDidCheck(async (items) => {
      const changes = items.flatMap(({ node: target, checked: enabled }) =>
        target.kind === "tool" || target.kind === "prompt" ? [{ target, values: { enabled } }] : [],
      );
      const { saveCapabilities } = await import("./save.ts");
      return saveCapabilities(app, changes);
    }),
  );
}
