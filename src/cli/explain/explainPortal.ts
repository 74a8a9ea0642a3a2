import * as l10n from "@vscode/l10n";
import { about, listed } from "../../base/text.ts";
import { CLIENTS, type ClientId } from "../../domain/clients/clientIds.ts";
import type { ReachFacts, ReachQuestion } from "../../domain/reach/chain.ts";
import { findAsked } from "../../domain/reach/findAsked.ts";
import type { Reach } from "../../domain/reach/walkChain.ts";
import { linkInWords, stateInWords } from "../../domain/reach/words.ts";
import { explain } from "../../engine/reach/explain.ts";
import type { ExitStatus, Invocation } from "../command.ts";
import { CommandError } from "../failures.ts";
import type { Output } from "../output.ts";

/** Says why users don't see a portal: the first broken link, then all of them. */
export async function explainPortal(call: Invocation): Promise<ExitStatus> {
  const [portalId = "", tool] = call.args;
  const client = clientIn(call.text("client"));
  const account = call.account();
  const { portals, servers } = await account.read();
  const portal = portals.get(portalId);
  if (portal === undefined) {
    throw new CommandError(2, l10n.t("There is no portal {0}.", portalId));
  }
  const place = { portal, serverOf: (id: string) => servers.get(id) };
  const question: ReachQuestion = {
    ...askedIn(place, tool),
    client,
    email: call.text("email"),
    serviceToken: call.text("serviceToken"),
  };
  const reach = await explain(account.api, place, question, { probe: call.flag("probe") });
  if (call.isJson) {
    call.output.line(JSON.stringify(forPrograms(reach)));
  } else {
    writeWords(call.output, reach);
  }
  return statusOf(reach);
}

function clientIn(text: string | undefined): ClientId | undefined {
  const client = CLIENTS.find((id) => id === text);
  if (text !== undefined && client === undefined) {
    const words = l10n.t("{0} is no client that is known: {1}.", text, listed(CLIENTS));
    throw new CommandError(2, words);
  }
  return client;
}

function askedIn(
  place: Pick<ReachFacts, "portal" | "serverOf">,
  text: string | undefined,
): Pick<ReachQuestion, "serverId" | "tool"> {
  const asked = text === undefined ? {} : findAsked(place, text);
  if (asked === undefined) {
    const words = l10n.t("{0} has no tool, prompt or server {1}.", place.portal.name, text ?? "");
    throw new CommandError(2, words);
  }
  return asked;
}

function writeWords(output: Output, { headline, isBroken, links }: Reach): void {
  output.line(headline, isBroken ? "red" : "green");
  for (const [index, { id, state, found }] of links.entries()) {
    output.line("");
    output.line(`${index + 1}. ${about(linkInWords(id), stateInWords({ id, state }))}`, "bold");
    for (const { sentence } of found) {
      output.line(`   ${sentence}`);
    }
  }
}

/** Names of the actions are the page's own business. */
function forPrograms({ headline, isBroken, links }: Reach): object {
  return {
    headline,
    broken: isBroken,
    links: links.map(({ id, state, found }) => ({
      id,
      state,
      found: found.map(({ state: own, sentence }) => ({ state: own, sentence })),
    })),
  };
}

function statusOf({ isBroken, links }: Reach): ExitStatus {
  if (isBroken) {
    return 1;
  }
  return links.some(({ state }) => state === "unknown") ? 2 : 0;
}
