import * as vscode from "vscode";
import { ALL_CLIENTS } from "../../domain/clients/allClients.ts";
import type {
  Found,
  LinkState,
  Missing,
  ReachAction,
  SurroundingFacts,
} from "../../domain/reach/chain.ts";
import { PERMISSIONS } from "../../domain/reach/chain.ts";
import type { Reach } from "../../domain/reach/walkChain.ts";
import { linkInWords, stateInWords } from "../../domain/reach/words.ts";
import type { Chain, ShownAction, ShownFound, ShownQuestion } from "../../pages/reach/protocol.ts";

interface Shown {
  readonly heading: string;
  /** Undefined before anything was looked at. */
  readonly reach: Reach | undefined;
  readonly surroundings: SurroundingFacts | undefined;
  readonly isLooking: boolean;
  readonly question: ShownQuestion;
}

/** The message that draws the page. */
export function shownChain({ heading, reach, surroundings, isLooking, question }: Shown): Chain {
  return {
    type: "chain",
    heading,
    headline: reach?.headline ?? vscode.l10n.t("Nothing was looked at yet."),
    state: stateOf(reach),
    isLooking,
    links: (reach?.links ?? []).map(({ id, state, found }) => ({
      id,
      title: linkInWords(id),
      state,
      word: stateInWords({ id, state }),
      found: found.map(shownFound),
    })),
    hint: surroundings === undefined ? "" : hintOf(surroundings),
    question,
    clients: ALL_CLIENTS.map(({ id, name }) => ({ id, name })),
  };
}

function stateOf(reach: Reach | undefined): LinkState {
  if (reach?.isBroken) {
    return "broken";
  }
  const isWhole = reach?.links.every(({ state }) => state !== "unknown") ?? false;
  return isWhole ? "holds" : "unknown";
}

function shownFound({ state, sentence, action, missing }: Found): ShownFound {
  const actions: ShownAction[] = [];
  if (missing !== undefined) {
    actions.push({ label: missingInWords(missing), does: "create" });
  }
  if (action !== undefined) {
    const label = actionInWords(action);
    actions.push(action.kind === "ask" ? { label, field: action.what } : { label, does: "act" });
  }
  return { state, sentence, actions };
}

function missingInWords({ kind }: Missing): string {
  switch (kind) {
    case "dnsRecord":
      return vscode.l10n.t("Create DNS Record…");
    case "portalApp":
    case "serverApp":
      return vscode.l10n.t("Create Access Application…");
    case "policy":
      return vscode.l10n.t("Create Policy…");
  }
}

export function actionInWords(action: ReachAction): string {
  switch (action.kind) {
    case "openDns":
      return vscode.l10n.t("Open DNS Records");
    case "openPortals":
      return vscode.l10n.t("Open Portals in Dashboard");
    case "openServer":
      return vscode.l10n.t("Open Server in Dashboard");
    case "probe":
      return vscode.l10n.t("Ask the Endpoint");
    case "signIn":
      return vscode.l10n.t("Sign In…");
    case "sync":
      return vscode.l10n.t("Sync Capabilities");
    case "attach":
      return vscode.l10n.t("Add Servers to Portal…");
    case "enable":
      return vscode.l10n.t("Enable");
    case "enableOnServer":
      return vscode.l10n.t("Enable on the Server");
    case "selectTools":
      return vscode.l10n.t("Select Tools…");
    case "useAdminCredential":
      return vscode.l10n.t("Use the Admin Credential");
    case "listMcpServers":
      return vscode.l10n.t("List MCP Servers");
    case "showClients":
      return vscode.l10n.t("Show What Clients Get");
    case "ask":
      return askInWords(action.what);
  }
}

function askInWords(what: "email" | "serviceToken" | "client"): string {
  switch (what) {
    case "email":
      return vscode.l10n.t("Enter an Email");
    case "serviceToken":
      return vscode.l10n.t("Enter a Service Token");
    case "client":
      return vscode.l10n.t("Choose a Client");
  }
}

function hintOf({ dns, apps }: SurroundingFacts): string {
  const isDenied =
    apps.kind === "denied" ||
    dns.kind === "denied" ||
    (dns.kind === "read" && dns.value.zone === undefined);
  return isDenied
    ? vscode.l10n.t(
        "A token that also has the permissions “{0}”, “{1}” and “{2}” can look at every link.",
        PERMISSIONS.zone,
        PERMISSIONS.dns,
        PERMISSIONS.access,
      )
    : "";
}
