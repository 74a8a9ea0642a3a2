import * as vscode from "vscode";
import type { CommandArguments } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { saveCapabilities } from "../edits/index.ts";
import { capabilityTargets, findCapability } from "../targets/index.ts";

export function enable(app: AppContext, args: CommandArguments): Promise<void> {
  return setEnabled(app, args, true, vscode.l10n.t("Enable tools or prompts"));
}

export function disable(app: AppContext, args: CommandArguments): Promise<void> {
  return setEnabled(app, args, false, vscode.l10n.t("Disable tools or prompts"));
}

async function setEnabled(
  app: AppContext,
  args: CommandArguments,
  enabled: boolean,
  title: string,
): Promise<void> {
  const targets = await capabilityTargets(app, args, {
    title,
    many: true,
    inPortals: true,
    applies: (shown) => shown.enabled !== enabled,
  });
  const changed = targets.filter(
    (target) => findCapability(app, target)?.shown.enabled !== enabled,
  );
  await saveCapabilities(
    app,
    changed.map((target) => ({ target, values: { enabled } })),
  );
}

/** Handles Space on a row that has no children to expand. */
export async function toggle(app: AppContext, { rows }: CommandArguments): Promise<void> {
  const [row] = rows ?? [];
  const hasCheckbox =
    (row?.kind === "tool" || row?.kind === "prompt") &&
    app.store.state.accounts.get(row.accountId)?.access.readOnly === false;
  if (!hasCheckbox) {
    return;
  }
  const enabled = findCapability(app, row)?.shown.enabled;
  if (enabled !== undefined) {
    await saveCapabilities(app, [{ target: row, values: { enabled: !enabled } }]);
  }
}
