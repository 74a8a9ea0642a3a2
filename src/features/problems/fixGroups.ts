import * as vscode from "vscode";
import type { Finding } from "../../domain/checks/finding.ts";
import { escapeItem } from "../../editor/escape.ts";
import { shownAccounts } from "../../engine/state.ts";
import type { ProblemAddress, Row } from "../../target.ts";
import { findingsOfRow, problemIcon } from "../display/index.ts";
import { openLayerDocumentAt } from "../documents/index.ts";
import { portalName, serverName } from "../targets/index.ts";
import type { ProblemsContext } from "./findings.ts";
import { FixContexts, inPortal } from "./fixPlan.ts";
import { type FindingRemedy, remediesOf, remedyKey } from "./remedies.ts";

/** Problems that share a remedy, and all that can be done about them. */
interface FixGroup {
  /** The tool or prompt, its server, its portal, and its account where there are several. */
  readonly where: string;
  readonly first: Finding;
  readonly address: ProblemAddress;
  readonly messages: readonly string[];
  readonly remedies: readonly FindingRemedy[];
}

/** In the order of the findings. Each problem and each remedy is in one group. */
export function fixGroups(app: ProblemsContext, among: readonly Row[]): readonly FixGroup[] {
  const groups: { -readonly [Key in keyof FixGroup]: FixGroup[Key] }[] = [];
  const byRemedy = new Map<string, (typeof groups)[number]>();
  for (const { finding, address, remedies } of among.flatMap(offersIn(app))) {
    const [known] = remedies.flatMap((remedy) => byRemedy.get(remedyKey(remedy)) ?? []);
    const where = whereOf(app, address, finding.subject?.name);
    const group = known ?? { where, first: finding, address, messages: [], remedies: [] };
    const added = remedies.filter((remedy) => !byRemedy.has(remedyKey(remedy)));
    group.messages = [...new Set([...group.messages, finding.message])];
    group.remedies = [...group.remedies, ...added];
    for (const remedy of added) {
      byRemedy.set(remedyKey(remedy), group);
    }
    if (known === undefined) {
      groups.push(group);
    }
  }
  return groups;
}

interface Offer {
  readonly finding: Finding;
  readonly address: ProblemAddress;
  readonly remedies: readonly FindingRemedy[];
}

/** The problems of a row for which there is a remedy. */
function offersIn({ store, findings }: ProblemsContext): (row: Row) => readonly Offer[] {
  const contexts = new FixContexts({ store, findings });
  return (row) => {
    if (row.kind === "account" || row.kind === "group") {
      return [];
    }
    return findingsOfRow(findings, row).flatMap((finding) => {
      const address = addressOf(row, finding);
      const context = contexts.of(address);
      const remedies = context ? remediesOf(store.state, address, finding, context) : [];
      return remedies.length === 0 ? [] : [{ finding, address, remedies }];
    });
  };
}

function addressOf(
  row: Exclude<Row, { kind: "account" | "group" }>,
  finding: Finding,
): ProblemAddress {
  return "portalId" in row && row.portalId !== undefined
    ? inPortal({ accountId: row.accountId, portalId: row.portalId }, finding)
    : { accountId: row.accountId, serverId: row.serverId };
}

function whereOf(
  app: ProblemsContext,
  { accountId, portalId, serverId }: ProblemAddress,
  name = "",
): string {
  const accounts = shownAccounts(app.store.state);
  const account = accounts.find((each) => each.account.id === accountId)?.account.name;
  const parts = [
    name,
    serverId === "" ? "" : serverName(app, accountId, serverId),
    portalId === undefined ? "" : portalName(app, { accountId, portalId }),
    accounts.length > 1 ? account : "",
  ];
  return parts.filter(Boolean).join(" · ");
}

interface Entry extends vscode.QuickPickItem {
  readonly remedy?: FindingRemedy;
  readonly group?: FixGroup;
}

/**
 * Asks what to do. Each group begins with its problems in words, which open in the document: a
 * separator's text would leave no room for what stands beside it.
 */
export async function chooseFix(groups: readonly FixGroup[]): Promise<FindingRemedy | undefined> {
  const isOnePlace = new Set(groups.map(({ where }) => where)).size === 1;
  const entries = groups.flatMap((group, index): readonly Entry[] => [
    ...(index === 0 ? [] : [{ label: "", kind: vscode.QuickPickItemKind.Separator }]),
    {
      ...escapeItem({ label: group.where, detail: group.messages.join(" · ") }),
      iconPath: iconOf(group.first),
      group,
    },
    ...group.remedies.map((remedy) => ({
      ...escapeItem({ label: remedy.title, ...(isOnePlace ? {} : { description: group.where }) }),
      remedy,
    })),
  ]);
  const chosen = await vscode.window.showQuickPick(entries, {
    title: vscode.l10n.t("Fix which problem?"),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen?.group !== undefined) {
    await openLayerDocumentAt(chosen.group.address, chosen.group.first.path);
  }
  return chosen?.remedy;
}

function iconOf({ severity }: Finding): vscode.ThemeIcon {
  return severity === "error" || severity === "warning"
    ? problemIcon(severity)
    : new vscode.ThemeIcon("info");
}
