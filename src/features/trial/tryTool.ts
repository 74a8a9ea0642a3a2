import * as vscode from "vscode";
import { findLive } from "../../domain/live/compareLive.ts";
import { escapeItem } from "../../editor/escape.ts";
import { notifyWarning } from "../../editor/notifications.ts";
import { findMappedCatalogue, findPortal } from "../../engine/state.ts";
import { COMMANDS } from "../../manifest.ts";
import type { CommandArguments, MappedCapabilityTarget } from "../../target.ts";
import { connectedTo, type LiveContext, startedTools } from "../live/index.ts";
import { onePortal, portalName } from "../targets/index.ts";
import { trialsOf } from "./registerTrials.ts";

/** Opens a document with the arguments of a tool, from which it is called. */
export async function tryTool(app: LiveContext, args: CommandArguments): Promise<void> {
  const target = args.rows?.find(isInPortal) ?? (await askTool(app, args));
  if (target === undefined) {
    return;
  }
  const live = await startedTools(app, target);
  const to = await connectedTo(app, target);
  if (live === undefined || to === undefined) {
    return;
  }
  const tool = findLive(to, target, live);
  if (tool === undefined) {
    await tellMissing(app, target);
    return;
  }
  const trial = trialsOf(app).open(target, tool.inputSchema);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(trial.uri));
}

async function tellMissing(app: LiveContext, target: MappedCapabilityTarget): Promise<void> {
  const { accountId, portalId, name } = target;
  const compare = vscode.l10n.t("Compare with the Live Portal");
  const chosen = await notifyWarning(
    vscode.l10n.t("VS Code doesn't have {0} of {1}.", name, portalName(app, target)),
    compare,
  );
  if (chosen === compare) {
    const row = { kind: "portal", accountId, portalId };
    await vscode.commands.executeCommand(COMMANDS.verifyPortal, row);
  }
}

function isInPortal(row: object): row is MappedCapabilityTarget {
  return "kind" in row && row.kind === "tool" && "portalId" in row && row.portalId !== undefined;
}

async function askTool(
  app: LiveContext,
  args: CommandArguments,
): Promise<MappedCapabilityTarget | undefined> {
  const title = vscode.l10n.t("Try a tool of which portal?");
  const chosen = await onePortal(app, { ...args, rows: undefined }, title);
  if (chosen === undefined) {
    return undefined;
  }
  const { target } = chosen;
  const portal = findPortal(app.store.state, target)?.optimistic;
  const items = [...(portal?.mappings.keys() ?? [])].flatMap((serverId) =>
    (findMappedCatalogue(app.store.state, { ...target, serverId })?.tools ?? [])
      .filter(({ enabled }) => enabled)
      .map(({ name, exposedName, description = "" }) => ({
        ...escapeItem({ label: exposedName, detail: description }),
        target: { ...target, kind: "tool", serverId, name } as const,
      })),
  );
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Try which tool of {0}?", chosen.portal.name),
    matchOnDetail: true,
  });
  return picked?.target;
}
