import * as vscode from "vscode";
import { confirm } from "../../editor/notifications.ts";
import type { MappingAddress } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { mappingName, portalName } from "../targets/index.ts";

/** Asks before servers are taken out of portals. */
export async function confirmDetach(
  app: AppContext,
  mappings: readonly MappingAddress[],
): Promise<boolean> {
  const [first, second] = mappings;
  if (first === undefined) {
    return false;
  }
  const remove = vscode.l10n.t("Remove");
  const chosen = await confirm(
    second === undefined
      ? vscode.l10n.t(
          "Remove {0} from {1}?",
          mappingName(app.store.state, first),
          portalName(app, first),
        )
      : vscode.l10n.t("Remove {0} servers from their portals?", mappings.length),
    vscode.l10n.t(
      "Users of the portal lose its tools at once, and the portal's overrides of them go with it. The server itself stays. Undo Last Change brings them back.",
    ),
    remove,
  );
  return chosen === remove;
}
