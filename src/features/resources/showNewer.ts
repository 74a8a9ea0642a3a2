import * as vscode from "vscode";
import type { CommandArguments } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { diffWithRemote, documentUri } from "../documents/index.ts";
import { nameOf } from "../edits/index.ts";
import { resourceTargets } from "./resourceTargets.ts";

/**
 * Opens a diff between the values at Cloudflare and the person's text. A document's lens runs it.
 */
export async function showNewer(app: AppContext, args: CommandArguments): Promise<void> {
  const title = vscode.l10n.t("Show the differences of which server or portal?");
  for (const ref of await resourceTargets(app, args, title)) {
    await diffWithRemote(documentUri(ref), nameOf(app, ref));
  }
}
