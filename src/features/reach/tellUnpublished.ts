import * as vscode from "vscode";
import { isCancelled } from "../../domain/apiError.ts";
import type { Link } from "../../domain/reach/chain.ts";
import { unpublished, walkChain } from "../../domain/reach/walkChain.ts";
import { notifyWarning } from "../../editor/notifications.ts";
import { lookAround } from "../../engine/reach/explain.ts";
import { findPortal, findServer } from "../../engine/state.ts";
import type { PortalAddress } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { reachPages } from "./explain.ts";

/**
 * Tells why users don't see what was just added, where the credential may look at that. Resolves when
 * the message is shown, and doesn't wait for an answer.
 * @param added the servers that were added; undefined for a whole portal
 */
export async function tellUnpublished(
  app: AppContext,
  address: PortalAddress,
  added?: readonly string[],
): Promise<void> {
  const broken = await brokenLinks(app, address, added);
  const [first] = broken;
  const sentence = first?.found[0]?.sentence;
  if (sentence === undefined) {
    return;
  }
  const rest = broken.length - 1;
  const text =
    rest === 0
      ? sentence
      : rest === 1
        ? vscode.l10n.t("{0} 1 more link is broken.", sentence)
        : vscode.l10n.t("{0} {1} more links are broken.", sentence, rest);
  const show = vscode.l10n.t("Show All Links");
  void notifyWarning(text, show).then((chosen) => {
    if (chosen === show) {
      reachPages(app).show(address);
    }
  });
}

async function brokenLinks(
  app: AppContext,
  address: PortalAddress,
  added: readonly string[] | undefined,
): Promise<readonly Link[]> {
  const session = app.sessions.get(address.accountId);
  const before = findPortal(app.store.state, address)?.optimistic;
  if (session === undefined || before === undefined) {
    return [];
  }
  try {
    const surroundings = await lookAround(session.surroundings, before, {});
    session.knownSurroundings.learn(before, surroundings);
    const portal = findPortal(app.store.state, address)?.optimistic ?? before;
    const serverOf = (id: string) => findServer(app.store.state, address.accountId, id)?.optimistic;
    const facts = { ...surroundings, portal, serverOf };
    const mapped = added?.filter((id) => portal.mappings.has(id));
    const questions = mapped?.map((serverId) => ({ serverId })) ?? [{}];
    const broken = questions.flatMap((question) => unpublished(walkChain(facts, question)));
    // The portal's row says itself that it has no servers yet.
    return distinct(broken.filter(({ id }) => id !== "mapped"));
  } catch (error) {
    if (isCancelled(error)) {
      return [];
    }
    throw error;
  }
}

/** Each link of the portal itself is the same for all of its servers. */
function distinct(links: readonly Link[]): readonly Link[] {
  return [...new Map(links.map((link) => [link.found[0]?.sentence, link])).values()];
}
