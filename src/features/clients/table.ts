import * as l10n from "@vscode/l10n";
import { memoize } from "../../base/memo.ts";
import { ALL_CLIENTS } from "../../domain/clients/allClients.ts";
import type { ListEffect } from "../../domain/clients/deliver.ts";
import { type Delivered, type DeliveredList, deliver } from "../../domain/clients/deliver.ts";
import { type ClientsTable, FATES, type Fate } from "../../pages/clients/protocol.ts";
import { type Exposure, rowId } from "./subject.ts";

/** The page's table of everything that is on. The same object for the same list. */
export function tableOf(exposure: Exposure): ClientsTable {
  const known = tablesOf(exposure.list);
  const note = noteOf(exposure);
  if (known.last?.name !== exposure.name || known.last.note !== note) {
    known.last = makeTable(exposure, note);
  }
  return known.last;
}

const tablesOf = memoize((_list: Exposure["list"]): { last?: ClientsTable } => ({}));

/** What a portal gives its clients in place of the list. */
function noteOf({ portal }: Exposure): string {
  switch (portal?.codeMode) {
    case "enforced":
      return l10n.t(
        "Code Mode is on for every client, which gets two tools in place of this list.",
      );
    case "default_on":
      return l10n.t(
        "Code Mode is on: a client gets two tools in place of this list, unless it asks for the list.",
      );
    default:
      return "";
  }
}

function makeTable({ name, list, offered }: Exposure, note: string): ClientsTable {
  const delivered = ALL_CLIENTS.map((client) => deliver(client, list));
  const on = offered().filter(({ shown }) => shown.enabled);
  return {
    type: "table",
    name,
    clients: ALL_CLIENTS.map((client) => ({ id: client.id, name: client.name })),
    lists: delivered.map((each) => FATES.indexOf(listFate(each))),
    // What is delivered is what is on, in the same order.
    rows: on.map(({ shown, serverId, serverName }, index) => ({
      id: rowId(serverId, shown),
      kind: shown.kind,
      name: shown.exposedName,
      server: serverName,
      fates: delivered.map(({ items }) => FATES.indexOf(fateOf(items[index]))),
    })),
    note,
    off: list.length - on.length,
  };
}

export function fateOf(item: Delivered | undefined): Fate {
  if (item === undefined || (item.effect === undefined && item.reasons.length === 0)) {
    return "intact";
  }
  return item.effect ?? "someModels";
}

/** The worst that happens to a list as a whole. */
export function listFate({ effects }: DeliveredList): Fate {
  const fates = new Set(effects.map(effectFate));
  return FATES.find((fate) => fates.has(fate)) ?? "intact";
}

export function effectFate(effect: ListEffect): Fate {
  switch (effect.of) {
    case "tools":
      return "refused";
    case "count":
      return effect.limit.models === undefined ? effect.limit.effect : "someModels";
    case "deferral":
      return "deferred";
  }
}
