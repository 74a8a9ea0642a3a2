import * as vscode from "vscode";
import { LOST_RULE } from "../../domain/review/lostOverrides.ts";
import { notifyInformation } from "../../editor/notifications.ts";
import type { CommandArguments } from "../../target.ts";
import type { ProblemsContext } from "./findings.ts";
import { chooseFixes } from "./fixAll.ts";
import { findingsByRule, planFixes } from "./fixPlan.ts";
import { RESTORING } from "./lostFixes.ts";

const RULES = [LOST_RULE, "config/orphan-override", "portal/orphan-override"] as const;

/**
 * Brings back what syncs took from servers and portals: for what is there again, and under the new
 * name for what was probably renamed. A script confirms it with any text.
 */
export async function carryOver(
  app: ProblemsContext,
  { text, accountIds }: CommandArguments,
): Promise<void> {
  const found = findingsByRule(app, accountIds);
  const planned = RULES.flatMap((rule) =>
    RESTORING.flatMap((kind) => planFixes(app, found.get(rule) ?? [], kind)),
  );
  if (planned.length === 0) {
    void notifyInformation(
      vscode.l10n.t("No sync has taken an override that could be brought back."),
    );
    return;
  }
  await chooseFixes(app, planned, {
    title: vscode.l10n.t("Carry over or restore overrides: Enter saves what is ticked"),
    isConfirmed: text !== undefined,
  });
}
