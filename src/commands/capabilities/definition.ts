import * as vscode from "vscode";
import type { CommandArguments } from "../../contributions.ts";
import { openDefinitionDocument } from "../../ui/documents/definitions.ts";
import type { App } from "../app.ts";
import { capabilityTargets } from "../targets.ts";

/** What the upstream says of a tool or prompt, whatever is set at Cloudflare. */
export async function openDefinition(app: App, args: CommandArguments): Promise<void> {
  const targets = await capabilityTargets(app, args, {
    title: vscode.l10n.t("Open the definition of which tool or prompt?"),
    many: false,
    applies: () => true,
  });
  for (const target of targets) {
    await openDefinitionDocument(target, { preview: targets.length === 1 });
  }
}
