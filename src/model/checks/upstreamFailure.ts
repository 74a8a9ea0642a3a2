import * as l10n from "@vscode/l10n";
import type { ErrorDetails, Server } from "../server.ts";

/**
 * Why a server's last sync failed, in three short sentences: what failed, at whose end, and whether
 * trying again can help. What isn't known isn't guessed.
 */
export function upstreamFailure(server: Server): string {
  const details = server.errorDetails;
  return [what(server, details), whose(details), again(details)]
    .filter((part) => part !== undefined)
    .join(" ");
}

function what(server: Server, details: ErrorDetails | undefined): string {
  const status = details?.statusCode;
  const told = wordsOf(server, details);
  if (status === 401) return l10n.t("The upstream refused the credential (401).");
  if (status === 403) return l10n.t("The upstream denied access (403).");
  if (status === 404) return l10n.t("The upstream has no MCP server at this URL (404).");
  if (status === 429) return l10n.t("The upstream answers too many requests (429).");
  if (status !== undefined && status >= 500) {
    return l10n.t("The upstream failed with status {0}: {1}.", status, told);
  }
  if (status !== undefined)
    return l10n.t("The upstream answered with status {0}: {1}.", status, told);
  return l10n.t("The last sync failed: {0}.", told);
}

/** Cloudflare's own words, without a full stop of their own. */
function wordsOf(server: Server, details: ErrorDetails | undefined): string {
  const words = details?.cause ?? server.error ?? l10n.t("Cloudflare gave no reason");
  return words.replace(/\.+\s*$/u, "");
}

function whose(details: ErrorDetails | undefined): string | undefined {
  if (details?.isUpstream === true) return l10n.t("The fault is at the upstream's end.");
  if (details?.isUpstream === false) {
    return l10n.t("Cloudflare couldn't get through to the upstream.");
  }
  return undefined;
}

function again(details: ErrorDetails | undefined): string | undefined {
  if (details?.retryable === true) return l10n.t("Syncing again can help.");
  if (details?.retryable === false) {
    return l10n.t("Syncing again won't help until that is mended.");
  }
  return undefined;
}
