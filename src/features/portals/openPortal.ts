import * as vscode from "vscode";
import { portalRef } from "../../domain/portals/portalKind.ts";
import type { CommandArguments } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { openResourceDocument } from "../documents/index.ts";
import { portalTargets } from "../targets/index.ts";

export async function openPortal(app: AppContext, args: CommandArguments): Promise<void> {
  const targets = await portalTargets(app, args, {
    title: vscode.l10n.t("Open the document of which portal?"),
    many: false,
  });
  for (const { accountId, portalId } of targets) {
    await openResourceDocument(portalRef(accountId, portalId), { preview: targets.length === 1 });
  }
}
