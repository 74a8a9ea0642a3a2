import * as vscode from "vscode";
import type { CapabilityTarget, RowArguments } from "../contributions.ts";
import type { App } from "./app.ts";
import { saveChanges } from "./saveChanges.ts";
import { capabilityTargets, findCapability, rows } from "./targets.ts";

export function enable(app: App, args: RowArguments): Promise<void> {
  return setEnabled(app, args, true, vscode.l10n.t("Enable tools or prompts"));
}

export function disable(app: App, args: RowArguments): Promise<void> {
  return setEnabled(app, args, false, vscode.l10n.t("Disable tools or prompts"));
}

async function setEnabled(
  app: App,
  args: RowArguments,
  enabled: boolean,
  title: string,
): Promise<void> {
  const targets = await capabilityTargets(app, args, {
    title,
    many: true,
    writes: true,
    applies: (shown) => shown.enabled !== enabled,
  });
  const changed = targets.filter(
    (target) => findCapability(app, target)?.shown.enabled !== enabled,
  );
  await saveChanges(
    app,
    changed.map((target) => ({ target, change: { enabled } })),
  );
}

/**
 * What Space does. A row without a checkbox has opened or closed already, as in every tree: VS Code
 * does that with the selection that comes before.
 */
export async function toggle(app: App, args: RowArguments): Promise<void> {
  const [row] = rows(app, args) ?? [];
  const hasCheckbox =
    (row?.kind === "tool" || row?.kind === "prompt") &&
    app.store.state.accounts.get(row.accountId)?.access.readOnly === false;
  if (!hasCheckbox) return;
  const enabled = findCapability(app, row)?.shown.enabled;
  if (enabled !== undefined) await setCheckboxes(app, [[row, !enabled]]);
}

/** A batch of checkboxes: one write a server. */
export async function setCheckboxes(
  app: App,
  boxes: readonly (readonly [CapabilityTarget, boolean])[],
): Promise<void> {
  await saveChanges(
    app,
    boxes.map(([target, enabled]) => ({ target, change: { enabled } })),
  );
}
