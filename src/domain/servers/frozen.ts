import * as l10n from "@vscode/l10n";
import type { Server } from "./server.ts";

/**
 * Whether Cloudflare takes the catalogue once, when the first user signs in, and syncs nothing later.
 * Source: Cloudflare docs, "Known limitations" of manual OAuth.
 */
export function isFrozen({
  authConfigSummary,
  authenticationStatus,
}: Pick<Server, "authConfigSummary" | "authenticationStatus">): boolean {
  return authConfigSummary?.authMode === "manual" || authenticationStatus === "manual";
}

/** Why a sync that Cloudflare reported as a success did nothing. */
export function stalledInWords(server: Server | undefined): string {
  return server !== undefined && isFrozen(server)
    ? l10n.t(
        "Cloudflare reported success, but nothing was synced: with manual OAuth it takes what a server offers once, when the first user signs in. Delete the server and add it again to have it taken anew.",
      )
    : l10n.t("Cloudflare reported success, but nothing was synced. Try again later.");
}
