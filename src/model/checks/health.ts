import * as l10n from "@vscode/l10n";
import { diagnose } from "../doctor/diagnose.ts";
import type { Server } from "../server.ts";
import type { Finding } from "./finding.ts";

const ON_NAME = ["name"];

/** Problems that Cloudflare itself reports of a server: the health family of the checks. */
export function checkHealth(server: Server): readonly Finding[] {
  switch (server.status) {
    case "error":
      return [finding("health/error", "error", withRawWords(diagnose(server).sentence, server))];
    case "stale":
      return [finding("health/stale", "warning", withRawWords(stale(server), server))];
    case "waiting":
      return [finding("health/waiting", "information", waiting(server))];
    case "ready":
      return server.error === undefined
        ? []
        : [finding("health/ready-with-error", "warning", readyWithError(server.error))];
    default:
      return [];
  }
}

function finding(rule: string, severity: Finding["severity"], message: string): Finding {
  return { rule, severity, message, path: ON_NAME };
}

/** On a line of its own: Problems shows the first line, the hover all. */
function withRawWords(sentence: string, { error, errorDetails }: Server): string {
  const words = [...new Set([error, errorDetails?.cause])].filter(
    (each) => each !== undefined && each !== "" && !sentence.includes(each),
  );
  if (words.length === 0) return sentence;
  return `${sentence}\n${l10n.t("In Cloudflare's words: {0}", words.join(" · "))}`;
}

function stale(server: Server): string {
  const since =
    server.lastSuccessfulSync === undefined
      ? l10n.t("The catalogue may be old.")
      : l10n.t(
          "The catalogue is from {0}.",
          server.lastSuccessfulSync.slice(0, "2026-01-01".length),
        );
  return `${l10n.t("The upstream's credential has to be renewed.")} ${since}`;
}

function waiting(server: Server): string {
  return server.authType === "oauth"
    ? l10n.t("Waiting for an administrator to authenticate this server in the dashboard.")
    : l10n.t("Never synced. Run Sync Capabilities to fetch its tools and prompts.");
}

function readyWithError(error: string): string {
  return l10n.t("The server is ready, but Cloudflare reports: {0}", error);
}
