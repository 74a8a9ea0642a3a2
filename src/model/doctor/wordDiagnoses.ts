import * as l10n from "@vscode/l10n";
import { always, credentialRemedy, type Diagnosis } from "./diagnosis.ts";
import type { Facts } from "./facts.ts";

const mentions =
  (...of: readonly string[]) =>
  (facts: Facts): boolean =>
    of.some((word) => facts.words.includes(word));

/** Cloudflare's own words: they say more than the status that may come with them. */
export const RENEWAL: Diagnosis = {
  applies: mentions("needs_reauth", "re-authenticate", "reauthenticate"),
  say: () => l10n.t("The upstream's credential has to be renewed."),
  remedy: credentialRemedy,
};

/** By what is said where nothing is told by a code. */
export const WORD_DIAGNOSES: readonly Diagnosis[] = [
  {
    applies: mentions("enotfound", "eai_again", "getaddrinfo", "no such host", "nxdomain"),
    say: () => l10n.t("The upstream's host name couldn't be looked up."),
    remedy: always("syncAgain"),
  },
  {
    applies: mentions("econnrefused", "connection refused"),
    say: () => l10n.t("The upstream's address refuses connections."),
    remedy: always("syncAgain"),
  },
  {
    applies: mentions("cert", "tls", "ssl", "self-signed", "self signed"),
    say: () =>
      l10n.t("A safe connection to the upstream couldn't be made: its certificate isn't trusted."),
    remedy: always("syncAgain"),
  },
  {
    applies: mentions("timeout", "timed out", "etimedout", "did not answer in time"),
    say: () => l10n.t("The upstream didn't answer in time."),
    remedy: always("syncAgain"),
  },
  {
    applies: mentions("econnreset", "socket hang up", "connection closed", "connection lost"),
    say: () => l10n.t("The upstream broke off the connection."),
    remedy: always("syncAgain"),
  },
  {
    applies: mentions(
      "not an mcp server",
      "json-rpc",
      "unexpected token",
      "content type",
      "text/html",
    ),
    say: () => l10n.t("What answers at this URL isn't an MCP server."),
    remedy: always("openDashboard"),
  },
];
