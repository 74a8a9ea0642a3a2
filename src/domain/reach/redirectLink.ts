import * as l10n from "@vscode/l10n";
import { listed } from "../../base/text.ts";
import { appOfPortal, type ManagedOauth } from "../access/accessApp.ts";
import { clientOf } from "../clients/allClients.ts";
import type { ClientId } from "../clients/clientIds.ts";
import { type Found, type Link, linkOf, type ReachFacts, type ReachQuestion } from "./chain.ts";
import { isClosed, mayRegister, REDIRECT_URIS } from "./redirectUris.ts";
import { unread } from "./words.ts";

const MOST_URIS = 3;
const ACTION = { kind: "openPortals" } as const;

/** Whether one of these clients can't sign in at all; undefined where each may register. */
export function redirectProblem(
  facts: ReachFacts,
  clients: ReadonlySet<ClientId>,
): Found | undefined {
  const broken = [...clients].flatMap((client) => {
    const found = redirectFound(facts, { client });
    return found.state === "broken" ? [{ client, found }] : [];
  });
  const [first, second] = broken;
  if (
    first === undefined ||
    second === undefined ||
    first.found.sentence === second.found.sentence
  ) {
    return first?.found;
  }
  const sentence = l10n.t(
    "Users can't sign in to {0} with {1}: its Access application doesn't allow their redirect URIs.",
    facts.portal.name,
    listed(broken.map(({ client }) => clientOf(client).name)),
  );
  return { ...first.found, sentence };
}

/** The portal's application lets the client register with its redirect URI. */
export function redirectLink(facts: ReachFacts, question: ReachQuestion): Link {
  return linkOf("redirectUri", [redirectFound(facts, question)]);
}

function redirectFound(
  { apps, portal }: ReachFacts,
  { client, email, serviceToken }: ReachQuestion,
): Found {
  if (serviceToken !== undefined && email === undefined) {
    return { state: "holds", sentence: l10n.t("A service token needs no sign-in.") };
  }
  if (apps.kind !== "read") {
    return unread(apps);
  }
  const app = appOfPortal(apps.value, portal.hostname);
  if (app === undefined) {
    const sentence = l10n.t("Without its Access application {0} allows none.", portal.name);
    return { state: "unknown", sentence, action: ACTION };
  }
  const { oauth } = app;
  if (oauth === undefined) {
    const sentence = l10n.t("Cloudflare doesn't say which redirect URIs {0} allows.", portal.name);
    return { state: "unknown", sentence, action: ACTION };
  }
  if (isClosed(oauth)) {
    const sentence = l10n.t(
      "Users can't sign in to {0}: its Access application lets no client register.",
      portal.name,
    );
    return { state: "broken", sentence, action: ACTION, rule: "reach/redirect-uri" };
  }
  if (client === undefined) {
    return {
      state: "depends",
      sentence: l10n.t("These redirect URIs may register: {0}.", allowedInWords(oauth)),
      action: { kind: "ask", what: "client" },
    };
  }
  const { name } = clientOf(client);
  const wanted = REDIRECT_URIS[client];
  if (wanted.length === 0) {
    const sentence = l10n.t(
      "It isn't known which redirect URI {0} uses. These may register: {1}.",
      name,
      allowedInWords(oauth),
    );
    return { state: "depends", sentence };
  }
  const allowed = wanted.filter((uri) => mayRegister(oauth, uri)).map(shownUri);
  if (allowed.length === 0) {
    const sentence = l10n.t(
      "Users can't sign in to {0} with {1}: its Access application doesn't allow {2}.",
      portal.name,
      name,
      listed(wanted.map(shownUri)),
    );
    return { state: "broken", sentence, action: ACTION, rule: "reach/redirect-uri" };
  }
  return {
    state: "holds",
    sentence: l10n.t("{0} may register with {1}.", name, listed(allowed)),
  };
}

/** @param most URIs that are written out */
export function allowedInWords(
  { anyLocalhost, anyLoopback, allowedUris }: ManagedOauth,
  most = MOST_URIS,
): string {
  const uris = allowedUris.slice(0, most);
  const rest = allowedUris.length - uris.length;
  return listed([
    ...(anyLocalhost ? [l10n.t("any on localhost")] : []),
    ...(anyLoopback ? [l10n.t("any on a loopback address")] : []),
    ...uris,
    ...(rest === 0 ? [] : [l10n.t("{0} more", rest)]),
  ]);
}

/** Port 0 stands for any port. */
function shownUri(uri: string): string {
  return uri.replace(":0/", ":*/");
}
