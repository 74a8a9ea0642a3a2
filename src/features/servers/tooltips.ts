import type * as vscode from "vscode";
import { catalogueOf } from "../../domain/catalogue/serverCatalogue.ts";
import { diagnose } from "../../domain/diagnosis/upstream.ts";
import { findServer, findSync } from "../../engine/state.ts";
import type { Target } from "../../target.ts";
import { capabilityTooltip, type RowDetails, serverTooltip, toolTokens } from "../display/index.ts";
import type { TreeContext } from "../targets/index.ts";
import { failingTooltip } from "./failingTooltip.ts";

export async function serverNodeTooltip(
  { state, costs }: TreeContext,
  node: Target,
  details: RowDetails,
): Promise<vscode.MarkdownString | undefined> {
  if (node.kind === "account" || node.kind === "group") {
    return undefined;
  }
  const found = findServer(state, node.accountId, node.serverId);
  if (found === undefined) {
    return undefined;
  }
  if (node.kind === "server") {
    const scope = { kind: "server", id: node.serverId } as const;
    const calls = await details.toolCalls(node.accountId, scope);
    const { last } = findSync(state, node.accountId, node.serverId);
    const server = found.optimistic;
    const advice = diagnose(server);
    return advice === undefined
      ? serverTooltip(server, { cost: costs.ofServer(node), calls, last })
      : failingTooltip(server, advice, node, { state, calls, last });
  }
  const shown = catalogueOf(found.optimistic).find(node.kind, node.name);
  return shown && capabilityTooltip(shown, toolTokens(costs, node.accountId, shown));
}
