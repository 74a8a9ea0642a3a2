import * as l10n from "@vscode/l10n";
import { shorten } from "../../base/text.ts";
import { clientOf } from "../clients/allClients.ts";
import type { ClientId } from "../clients/clientIds.ts";
import { type Delivered, type DeliveredList, deliver } from "../clients/deliver.ts";
import { listEffectInWords, reasonInWords } from "../clients/reasonWords.ts";
import { exposedList } from "../portals/exposedList.ts";
import { mappedCatalogueOf } from "../portals/exposure.ts";
import {
  type Found,
  type Link,
  linkOf,
  type ReachFacts,
  type ReachQuestion,
  type VsCodeSession,
} from "./chain.ts";

const MOST_NAME = 160;
const ACTION = { kind: "showClients" } as const;

/** Only of VS Code itself is it known when it connected. */
export function sessionLink({ portal, session }: ReachFacts, { client }: ReachQuestion): Link {
  if (client === "vscode" && session !== undefined) {
    return linkOf("session", [ownSessionFound(portal.name, session)]);
  }
  return linkOf("session", [
    {
      state: "depends",
      sentence: l10n.t(
        "A client that connected before a change has the old names. Ask them to reconnect.",
      ),
    },
  ]);
}

function ownSessionFound(portal: string, { startedAt, changedAt }: VsCodeSession): Found {
  return changedAt !== undefined && changedAt >= startedAt
    ? {
        state: "broken",
        sentence: l10n.t(
          "VS Code connected to {0} before names or descriptions changed. Restart the server there.",
          portal,
        ),
        action: { kind: "listMcpServers" },
      }
    : {
        state: "holds",
        sentence: l10n.t(
          "VS Code connected to {0} after names and descriptions changed last.",
          portal,
        ),
      };
}

/** The client takes the tool, or everything that is asked about. */
export function clientLink(facts: ReachFacts, question: ReachQuestion): Link {
  const { client } = question;
  if (client === undefined) {
    const sentence = l10n.t("Ask which client they use: some leave tools out or alter them.");
    const action = { kind: "ask", what: "client" } as const;
    return linkOf("client", [{ state: "depends", sentence, action }]);
  }
  return linkOf("client", clientFound(facts, question, client));
}

function clientFound(
  { portal, serverOf }: ReachFacts,
  { serverId, tool }: ReachQuestion,
  clientId: ClientId,
): readonly Found[] {
  const list = exposedList(portal, serverOf);
  const client = clientOf(clientId);
  const delivered = deliver(client, list);
  const mapping = serverId === undefined ? undefined : portal.mappings.get(serverId);
  const server = mapping && (serverOf(mapping.serverId) ?? mapping.server);
  const own = mapping && server && mappedCatalogueOf(mapping, server);
  const asked = delivered.items.filter(({ shown }) => {
    const isOwn = serverId === undefined || own?.find(shown.kind, shown.name) === shown;
    return isOwn && (tool === undefined || (shown.kind === tool.kind && shown.name === tool.name));
  });
  const whole = wholeList(delivered);
  if (whole.length > 0) {
    return whole;
  }
  const lost = asked.filter(({ effect }) => effect === "dropped" || effect === "refused");
  const found = lostFound(client.name, lost);
  return found.length > 0 ? found : [takenFound(client.name, asked)];
}

function wholeList({ client, effects }: DeliveredList): readonly Found[] {
  return effects
    .filter((effect) => effect.of === "tools")
    .map((effect) => ({
      state: "broken" as const,
      sentence: l10n.t(
        "Users of {0} get nothing. {1}",
        client.name,
        listEffectInWords(client, effect),
      ),
      action: ACTION,
    }));
}

function lostFound(client: string, lost: readonly Delivered[]): readonly Found[] {
  const [first, ...rest] = lost;
  if (first === undefined) {
    return [];
  }
  const name = shorten(first.shown.exposedName, MOST_NAME);
  if (rest.length > 0) {
    const sentence = l10n.t(
      "Users of {0} don't see {1} and {2} more: the client leaves them out.",
      client,
      name,
      rest.length,
    );
    return [{ state: "broken", sentence, action: ACTION }];
  }
  const [reason] = first.reasons;
  const why =
    reason === undefined
      ? l10n.t("The client has as many tools as it takes.")
      : reasonInWords(reason);
  const sentence = l10n.t("Users of {0} don't see {1}. {2}", client, name, why);
  return [{ state: "broken", sentence, action: ACTION }];
}

function takenFound(client: string, asked: readonly Delivered[]): Found {
  if (asked.length === 0) {
    return {
      state: "holds",
      sentence: l10n.t("Nothing of it is on, so {0} gets nothing.", client),
    };
  }
  const altered = asked.filter(({ effect }) => effect === "altered").length;
  const sentence =
    altered === 0
      ? l10n.t("{0} takes it as it is.", client)
      : altered === 1
        ? l10n.t("{0} takes it, and alters 1 tool.", client)
        : l10n.t("{0} takes it, and alters {1} tools.", client, altered);
  return altered === 0
    ? { state: "holds", sentence }
    : { state: "holds", sentence, action: ACTION };
}
