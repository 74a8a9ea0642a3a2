import * as vscode from "vscode";
import { ALL_CLIENTS } from "../../domain/clients/allClients.ts";
import type { Client } from "../../domain/clients/client.ts";
import { type Delivered, deliver, type ListEffect } from "../../domain/clients/deliver.ts";
import type { Reason } from "../../domain/clients/matching.ts";
import { listEffectInWords, reasonInWords } from "../../domain/clients/reasonWords.ts";
import { upstreamReport } from "../../domain/clients/upstreamReport.ts";
import {
  type CellAddress,
  type CellDetails,
  type CellReason,
  FATES,
} from "../../pages/clients/protocol.ts";
import { type Exposure, rowId } from "./subject.ts";
import { effectFate, fateOf, listFate } from "./table.ts";

/** Why a cell says what it says; undefined for a cell that isn't in the table any more. */
export function detailsOf(exposure: Exposure, cell: CellAddress): CellDetails | undefined {
  const client = ALL_CLIENTS.find(({ id }) => id === cell.client);
  if (client === undefined) {
    return undefined;
  }
  if (cell.row === undefined) {
    return listDetails(exposure, client, cell);
  }
  const item = findDelivered(exposure, client, cell.row);
  if (item === undefined) {
    return undefined;
  }
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

function listDetails(exposure: Exposure, client: Client, cell: CellAddress): CellDetails {
  const delivered = deliver(client, exposure.list);
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
