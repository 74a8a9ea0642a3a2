import * as vscode from "vscode";
import { memoize } from "../../base/memo.ts";
import { addressParts, listed } from "../../base/text.ts";
import { type Finding, findingsInMapping, isHealth } from "../../domain/checks/finding.ts";
import { errorsAndWarnings } from "../../domain/servers/words.ts";
import { appendPlainText } from "../../editor/notifications.ts";
import type { MappingAddress, Row } from "../../target.ts";
import type { FindingsSnapshot } from "../app.ts";
import { problemIcon } from "./icons.ts";

const ROW_SCHEME = "mcp-portals-row";

/** Adds a row's problems to its item. */
export function markProblems(
  snapshot: FindingsSnapshot,
  item: vscode.TreeItem,
  node: Row,
): vscode.TreeItem {
  if (node.kind === "account" || node.kind === "group") {
    return item;
  }
  const findings = findingsOfRow(snapshot, node);
  if (findings.length === 0) {
    return item;
  }
  item.resourceUri = rowUri(node);
  item.contextValue = `${item.contextValue ?? ""};problem`;
  const { errors, warnings } = countFindings(findings);
  // The icon of a server, a mapping or a portal shows a status at Cloudflare.
  const isCapability = node.kind === "tool" || node.kind === "prompt";
  if (isCapability && errors + warnings > 0) {
    item.iconPath = problemIcon(errors > 0 ? "error" : "warning");
  }
  const label = item.accessibilityInformation?.label;
  const words = errorsAndWarnings(errors, warnings);
  if (label !== undefined && words !== "") {
    item.accessibilityInformation = {
      ...item.accessibilityInformation,
      label: listed([label, words]),
    };
  }
  return item;
}

const MOST_IN_TOOLTIP = 8;

/**
 * Adds the messages to a tooltip as plain text, because they quote what strangers wrote. A server's own
 * tooltip says its diagnosis already.
 */
export function explainProblems(
  snapshot: FindingsSnapshot,
  tooltip: vscode.MarkdownString,
  node: Row,
): void {
  const findings = findingsOfRow(snapshot, node).filter((finding) => !isHealth(finding));
  if (findings.length === 0) {
    return;
  }
  tooltip.appendMarkdown("\n\n---\n\n");
  for (const { message, rule } of findings.slice(0, MOST_IN_TOOLTIP)) {
    appendPlainText(tooltip, `${message} (${rule})`).appendMarkdown("  \n");
  }
  const more = findings.length - MOST_IN_TOOLTIP;
  if (more > 0) {
    tooltip.appendText(vscode.l10n.t("And {0} more.", more));
  }
}

/**
 * The findings of a row. A row of a server, a portal or a mapping has those of all rows below it. Rows
 * of portals have what was found in the portal; the rest is told on the server.
 */
export function findingsOfRow(snapshot: FindingsSnapshot, node: Row): readonly Finding[] {
  switch (node.kind) {
    case "account":
    case "group":
      return NONE;
    case "server":
      return snapshot.of(node);
    case "portal":
      return snapshot.ofPortal(node);
    case "mapping":
      return inMapping(snapshot, node);
    case "tool":
    case "prompt": {
      const findings = node.portalId === undefined ? snapshot.of(node) : inMapping(snapshot, node);
      return findings.length === 0 ? NONE : (bySubject(findings).get(keyOf(node)) ?? NONE);
    }
  }
}

const NONE: readonly Finding[] = [];

function inMapping(snapshot: FindingsSnapshot, address: MappingAddress): readonly Finding[] {
  return findingsInMapping(snapshot.ofPortal(address), address.serverId);
}

/** Groups the findings once, because a server may have as many rows as findings. */
const bySubject = memoize(
  (findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> =>
    Map.groupBy(findings, ({ subject }) => (subject ? keyOf(subject) : "")),
);

function keyOf({ kind, name }: NonNullable<Finding["subject"]>): string {
  return JSON.stringify([kind, name]);
}

export function countFindings(findings: readonly Finding[]): { errors: number; warnings: number } {
  return {
    errors: findings.filter(({ severity }) => severity === "error").length,
    warnings: findings.filter(({ severity }) => severity === "warning").length,
  };
}

type MarkedRow = Exclude<Row, { kind: "account" | "group" }>;

/** A name may hold any character, so it is in the query and not in the path. */
function rowUri(node: MarkedRow): vscode.Uri {
  const { kind, accountId, serverId = "", name = "", portalId = "" }: Partial<RowParts> = node;
  const query = JSON.stringify([kind, accountId, serverId, name, portalId]);
  return vscode.Uri.from({ scheme: ROW_SCHEME, path: "/row", query });
}

interface RowParts {
  readonly kind: MarkedRow["kind"];
  readonly accountId: string;
  readonly serverId: string;
  readonly name: string;
  readonly portalId: string | undefined;
}

/** The row of a resource; undefined for a resource that is no row. */
export function rowOfUri({ scheme, query }: vscode.Uri): Row | undefined {
  if (scheme !== ROW_SCHEME) {
    return undefined;
  }
  const [kind, accountId, serverId, name, portal] = addressParts(query);
  if (
    accountId === undefined ||
    serverId === undefined ||
    name === undefined ||
    portal === undefined
  ) {
    return undefined;
  }
  const portalId = portal === "" ? undefined : portal;
  switch (kind) {
    case "server":
      return { kind, accountId, serverId };
    case "portal":
      return { kind, accountId, portalId: portal };
    case "mapping":
      return { kind, accountId, portalId: portal, serverId };
    case "tool":
    case "prompt":
      return portalId === undefined
        ? { kind, accountId, serverId, name }
        : { kind, accountId, serverId, name, portalId };
    default:
      return undefined;
  }
}
