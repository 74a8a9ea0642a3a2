import * as vscode from "vscode";
import type { ChangeSet, FieldValue } from "../../domain/changes/change.ts";
import { type FixContext, type FixKind, fixInWords } from "../../domain/checks/fixes.ts";
import { escapeItem } from "../../editor/escape.ts";
import { notifyInformation } from "../../editor/notifications.ts";
import type { CommandArguments } from "../../target.ts";
import { portalChanges, saveEdits, serverChanges } from "../edits/index.ts";
import type { ProblemsContext } from "./findings.ts";
import { findingsByRule, type PlannedFix, planFixes } from "./fixPlan.ts";
import { settleLost } from "./lostFixes.ts";

/**
 * Asks for a rule and a kind of fix, and applies it everywhere. A script gives both: "<rule>
 * <fix>".
 */
export async function fixAll(
  app: ProblemsContext,
  { text, accountIds }: CommandArguments,
): Promise<void> {
  const kinds = kindsOf(app, accountIds);
  if (kinds.length === 0) {
    void notifyInformation(vscode.l10n.t("There is no problem to fix."));
    return;
  }
  const chosen =
    text === undefined
      ? await vscode.window.showQuickPick(kinds, {
          title: vscode.l10n.t("Fix all problems of which kind?"),
          matchOnDescription: true,
        })
      : kinds.find(({ rule, fix }) => `${rule} ${fix}` === text);
  if (chosen !== undefined) {
    await fixAllOf(app, accountIds, chosen.rule, chosen.fix);
  }
}

interface Kind extends vscode.QuickPickItem {
  readonly rule: string;
  readonly fix: FixKind;
}

function kindsOf(app: ProblemsContext, accountIds: readonly string[]): readonly Kind[] {
  const rules = [...findingsByRule(app, accountIds)].sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  return rules.flatMap(([rule, findings]) =>
    fixKindsOf(findings).flatMap((fix) => {
      const count = planFixes(app, findings, fix).length;
      if (count === 0) {
        return [];
      }
      const description = vscode.l10n.t("{0} × {1}", count, rule);
      return [{ label: fixKindInWords(fix), description, rule, fix }];
    }),
  );
}

/** All findings of one rule have the same fixes. */
function fixKindsOf(findings: readonly Pick<PlannedFix, "finding">[]): readonly FixKind[] {
  return findings[0]?.finding.fixes ?? [];
}

export async function fixAllOf(
  app: ProblemsContext,
  accountIds: readonly string[],
  rule: string,
  kind: FixKind,
): Promise<void> {
  const findings = findingsByRule(app, accountIds).get(rule) ?? [];
  const planned = planFixes(app, fixKindsOf(findings).includes(kind) ? findings : [], kind);
  if (planned.length > 0) {
    const title = vscode.l10n.t("{0}: Enter saves what is ticked", fixKindInWords(kind));
    await chooseFixes(app, planned, { title, isConfirmed: false });
  }
}

/** Shows every change, asks once unless that is confirmed, and writes each server and portal once. */
export async function chooseFixes(
  app: ProblemsContext,
  planned: readonly PlannedFix[],
  { title, isConfirmed }: { readonly title: string; readonly isConfirmed: boolean },
): Promise<void> {
  const chosen = isConfirmed ? planned : await pickFixes(planned, title);
  if (chosen.length > 0) {
    await saveEdits(app, merged(app, chosen), "fixed");
    await settleLost(app, chosen);
  }
}

async function pickFixes(
  planned: readonly PlannedFix[],
  title: string,
): Promise<readonly PlannedFix[]> {
  const picked = await vscode.window.showQuickPick(
    planned.map((each) =>
      escapeItem({
        label: each.finding.subject?.name ?? resourceName(each.context),
        description: resourceName(each.context),
        detail: fixInWords(each.fix),
        picked: true,
        each,
      }),
    ),
    {
      title,
      canPickMany: true,
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
  return (picked ?? []).map(({ each }) => each);
}

function merged(app: ProblemsContext, planned: readonly PlannedFix[]): readonly ChangeSet[] {
  const resources = Map.groupBy(planned, ({ address: { accountId, portalId, serverId } }) =>
    JSON.stringify([accountId, portalId ?? null, portalId === undefined ? serverId : ""]),
  );
  return [...resources.values()].flatMap((group) => {
    const [first] = group;
    const values = group.flatMap(({ fix }) => fix.values);
    return first === undefined ? [] : fixChanges(app, first, values);
  });
}

function fixChanges(
  app: ProblemsContext,
  { address, context }: PlannedFix,
  values: readonly FieldValue[],
): readonly ChangeSet[] {
  const { accountId, portalId } = address;
  if (context.portal === undefined || portalId === undefined) {
    return context.portal === undefined ? serverChanges(app, address, values, context.server) : [];
  }
  return portalChanges(app, { accountId, portalId }, values, context.portal);
}

/** The name of the server or portal that a fix changes. */
function resourceName(context: FixContext): string {
  return (context.portal ?? context.server).name;
}

/** The name of a kind of fix for several findings; a single fix has its own title. */
export function fixKindInWords(kind: FixKind): string {
  switch (kind) {
    case "setAlias":
      return vscode.l10n.t("Set Aliases");
    case "removeAlias":
      return vscode.l10n.t("Remove Aliases");
    case "stripHidden":
      return vscode.l10n.t("Strip Hidden Characters");
    case "resetDescription":
      return vscode.l10n.t("Reset Descriptions");
    case "removeOverride":
      return vscode.l10n.t("Remove Overrides");
    case "enableAll":
      return vscode.l10n.t("Enable All Tools and Prompts");
    case "disable":
      return vscode.l10n.t("Disable Tools and Prompts");
    case "restoreOverride":
      return vscode.l10n.t("Restore Overrides");
    case "carryOver":
      return vscode.l10n.t("Carry Over Overrides");
  }
}
