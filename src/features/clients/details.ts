import * as vscode from "vscode";
import { ALL_CLIENTS } from "../../domain/clients/allClients.ts";
import type { Client } from "../../domain/clients/client.ts";
import {
  type Delivered,
  type DeliveredList,
  deliver,
  type ListEffect,
} from "../../domain/clients/deliver.ts";
import type { Reason } from "../../domain/clients/matching.ts";
import { listEffectInWords, reasonInWords } from "../../domain/clients/reasonWords.ts";
import { upstreamReport } from "../../domain/clients/upstreamReport.ts";
import { costInClient } from "../../domain/cost/clientCost.ts";
import type { Cost, CountTokens } from "../../domain/cost/sums.ts";
import {
  type CellAddress,
  type CellDetails,
  type CellReason,
  FATES,
} from "../../pages/clients/protocol.ts";
import { costInWords } from "../display/index.ts";
import { type Exposure, rowId } from "./subject.ts";
import { effectFate, fateOf, listFate } from "./table.ts";

/** The details of a cell. */
export interface Explained {
  readonly details: CellDetails;
  /** False while not all of its cost is counted. */
  readonly isCounted: boolean;
}

/** Why a cell says what it says; undefined for a cell that isn't in the table any more. */
export function explainCell(
  exposure: Exposure,
  cell: CellAddress,
  count: CountTokens,
): Explained | undefined {
  const client = ALL_CLIENTS.find(({ id }) => id === cell.client);
  if (client === undefined) {
    return undefined;
  }
  const list = deliver(client, exposure.list);
  if (cell.row === undefined) {
    return withCost(listDetails(list, cell), costInClient(list, count));
  }
  const item = findDelivered(exposure, client, cell.row);
  if (item === undefined) {
    return undefined;
  }
  const cost = costInClient({ ...list, items: [item] }, count);
  return withCost(itemDetails(item, client, cell), cost);
}

function withCost(details: Omit<CellDetails, "cost">, cost: Cost): Explained {
  const isCounted = cost.pending === 0;
  const words = isCounted
    ? vscode.l10n.t("In each request: {0}", costInWords(cost))
    : vscode.l10n.t("Its tokens are being counted…");
  const isFree = isCounted && cost.tokens === 0;
  return { details: { ...details, cost: isFree ? "" : words }, isCounted };
}

function itemDetails(
  item: Delivered,
  client: Client,
  cell: CellAddress,
): Omit<CellDetails, "cost"> {
  const fate = fateOf(item);
  return {
    type: "details",
    cell,
    title: vscode.l10n.t("{0} in {1}", item.shown.exposedName, client.name),
    fate: FATES.indexOf(fate),
    name: item.name,
    reasons: item.reasons.map(reasonOf),
    altered: fate === "altered",
    reportable: item.shown.kind === "tool" && upstreamReport(item.shown.capability) !== undefined,
  };
}

export function findDelivered(
  { list, offered }: Exposure,
  client: Client,
  row: string,
): Delivered | undefined {
  const on = offered().filter(({ shown }) => shown.enabled);
  const index = on.findIndex(({ shown, serverId }) => rowId(serverId, shown) === row);
  return deliver(client, list).items[index];
}

function reasonOf(reason: Reason): CellReason {
  const { rule, pointer } = reason;
  return {
    fate: FATES.indexOf(rule.effect),
    what: reasonInWords(reason),
    why: rule.why(),
    pointer,
    source: rule.source,
    since: rule.since,
    models: rule.models?.() ?? "",
  };
}

function listDetails(delivered: DeliveredList, cell: CellAddress): Omit<CellDetails, "cost"> {
  const { client } = delivered;
  return {
    type: "details",
    cell,
    title: vscode.l10n.t("The whole list in {0}", client.name),
    fate: FATES.indexOf(listFate(delivered)),
    name: "",
    reasons: delivered.effects.flatMap((effect) => listReasons(client, effect)),
    altered: false,
    reportable: false,
  };
}

function listReasons(client: Client, effect: ListEffect): readonly CellReason[] {
  const shared = {
    fate: FATES.indexOf(effectFate(effect)),
    what: listEffectInWords(client, effect),
    pointer: "",
  };
  switch (effect.of) {
    case "tools": {
      const reasons = effect.because.flatMap(({ reasons: all }) => all);
      const rules = new Set(reasons.map(({ rule }) => rule));
      return [...rules]
        .filter(({ loses }) => loses === effect.loses)
        .map(({ why, source, since }) => ({ ...shared, why: why(), source, since, models: "" }));
    }
    case "count": {
      const { why, source, since, models } = effect.limit;
      return [{ ...shared, why: why(), source, since, models: models?.() ?? "" }];
    }
    case "deferral": {
      const { source = "", since = "", models } = client.defers ?? {};
      return [{ ...shared, why: "", source, since, models: models?.() ?? "" }];
    }
  }
}
