import * as l10n from "@vscode/l10n";
import type { ErrorDetails, Server } from "../servers/server.ts";
import { HTTP_DIAGNOSES, MCP_DIAGNOSES, UNKNOWN_STATUS } from "./diagnosesByCode.ts";
import { LOCAL_DIAGNOSES, WORD_DIAGNOSES, WORDS_FIRST } from "./diagnosesByWords.ts";
import { credentialRemedy, type Diagnosis, type Fault, type Remedy } from "./diagnosis.ts";
import { factsOf, quoted } from "./facts.ts";

/** In order: the first that applies is used. */
const DIAGNOSES: readonly Diagnosis[] = [
  ...LOCAL_DIAGNOSES,
  ...WORDS_FIRST,
  ...HTTP_DIAGNOSES,
  ...MCP_DIAGNOSES,
  ...WORD_DIAGNOSES,
  UNKNOWN_STATUS,
];

export interface Advice {
  /** Says what failed, at whose end, and whether trying again can help, as far as this is known. */
  readonly sentence: string;
  readonly remedy: Remedy;
}

/** The diagnosis and the remedy for a server. Undefined where no failure is known. */
export function diagnose(server: Server): Advice | undefined {
  switch (server.status) {
    case "error":
      return diagnoseSync(server);
    case "stale":
      return { sentence: stale(server), remedy: credentialRemedy(server) };
    case "waiting":
      return waiting(server);
    case "ready":
      return server.error === undefined
        ? undefined
        : {
            sentence: l10n.t(
              "The server is ready, but Cloudflare reports: {0}",
              quoted(server.error),
            ),
            remedy: "syncAgain",
          };
    default:
      return undefined;
  }
}

/** Why the last sync of a server failed. */
export function diagnoseSync(server: Server): Advice {
  const facts = factsOf(server);
  const known = DIAGNOSES.find((diagnosis) => diagnosis.applies(facts));
  const what = known?.message(facts) ?? unknown(facts.told);
  const whoseFault = known?.fault === undefined ? whose(server.errorDetails) : whoseOf(known.fault);
  const parts = [what, whoseFault, again(server.errorDetails)];
  return {
    sentence: parts.filter((part) => part !== undefined).join(" "),
    remedy: known?.remedy(facts) ?? "showLog",
  };
}

function unknown(told: string | undefined): string {
  return told === undefined
    ? l10n.t("The last sync failed, and Cloudflare gave no reason.")
    : l10n.t("The last sync failed: {0}.", told);
}

function whose(details: ErrorDetails | undefined): string | undefined {
  if (details?.isUpstream === true) {
    return l10n.t("The fault is at the upstream's end.");
  }
  if (details?.isUpstream === false) {
    return l10n.t("Cloudflare couldn't get through to the upstream.");
  }
  return undefined;
}

/** Comes before `is_upstream`, which tells only whether something answered. */
function whoseOf(fault: Fault): string | undefined {
  switch (fault) {
    case "address":
      return l10n.t("The fault is in the URL that this server was added with.");
    case "authorisation":
      return l10n.t("The upstream itself wasn't asked.");
    case "inFront":
      return undefined;
  }
}

function again(details: ErrorDetails | undefined): string | undefined {
  if (details?.retryable === true) {
    return l10n.t("Syncing again can help.");
  }
  if (details?.retryable === false) {
    return l10n.t("Syncing again won't help until that is fixed.");
  }
  return undefined;
}

function stale({ lastSuccessfulSync }: Server): string {
  const day = lastSuccessfulSync?.slice(0, "2026-01-01".length);
  const since =
    day === undefined
      ? l10n.t("The catalogue may be old.")
      : l10n.t("The catalogue is from {0}.", day);
  return `${l10n.t("The upstream's credential has to be renewed.")} ${since}`;
}

function waiting({ authType }: Server): Advice {
  return authType === "oauth"
    ? {
        sentence: l10n.t(
          "Waiting for an administrator to authenticate this server in the dashboard.",
        ),
        remedy: "openDashboard",
      }
    : {
        sentence: l10n.t("Never synced. Run Sync Capabilities to fetch its tools and prompts."),
        remedy: "syncAgain",
      };
}
