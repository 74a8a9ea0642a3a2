import * as l10n from "@vscode/l10n";
import type { Found, Link, LinkId, Looked } from "./chain.ts";

/** The links that the client decides and not the user. */
const OF_CLIENTS: ReadonlySet<LinkId> = new Set<LinkId>(["redirectUri", "session", "client"]);

export function linkInWords(id: LinkId): string {
  switch (id) {
    case "dns":
      return l10n.t("DNS record of the host");
    case "portalApp":
      return l10n.t("Access application of the portal");
    case "redirectUri":
      return l10n.t("Redirect URI of the client");
    case "serverApp":
      return l10n.t("Access application of the server");
    case "status":
      return l10n.t("Status of the server");
    case "mapped":
      return l10n.t("Server in the portal");
    case "toolOn":
      return l10n.t("Tools that are on");
    case "serviceToken":
      return l10n.t("Service token");
    case "session":
      return l10n.t("Session of the client");
    case "client":
      return l10n.t("What the client takes");
  }
}

export function stateInWords({ id, state }: Pick<Link, "id" | "state">): string {
  switch (state) {
    case "broken":
      return l10n.t("Broken");
    case "unknown":
      return l10n.t("Couldn't look");
    case "depends":
      return OF_CLIENTS.has(id) ? l10n.t("Depends on the client") : l10n.t("Depends on the user");
    case "holds":
      return l10n.t("Holds");
  }
}

/** What is said of a link whose facts weren't read. */
export function unread(looked: Exclude<Looked<unknown>, { kind: "read" }>): Found {
  if (looked.kind === "failed") {
    return { state: "unknown", sentence: looked.why };
  }
  const sentence = l10n.t("Your token lacks the permission “{0}”.", looked.permission);
  return { state: "unknown", sentence, action: { kind: "signIn" } };
}
