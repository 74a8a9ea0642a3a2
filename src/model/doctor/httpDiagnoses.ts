import * as l10n from "@vscode/l10n";
import { always, credentialRemedy, type Diagnosis, withWords } from "./diagnosis.ts";
import type { Facts } from "./facts.ts";

const status =
  (...of: readonly number[]) =>
  (facts: Facts): boolean =>
    facts.status !== undefined && of.includes(facts.status);

/** By the HTTP status of the upstream. */
export const HTTP_DIAGNOSES: readonly Diagnosis[] = [
  {
    applies: (facts) => status(401)(facts) && facts.authType === "unauthenticated",
    say: () =>
      l10n.t("The upstream asks for a credential (401), and this server was added without one."),
    remedy: always("openDashboard"),
  },
  {
    applies: status(401),
    say: () => l10n.t("The upstream refused the credential (401)."),
    remedy: credentialRemedy,
  },
  {
    applies: status(403),
    say: () => l10n.t("The upstream knows the credential but denies access (403)."),
    remedy: credentialRemedy,
  },
  {
    applies: (facts) => status(404, 410)(facts) && facts.path?.replace(/\/$/u, "") !== "/mcp",
    say: ({ status: code, path }) =>
      l10n.t(
        "The upstream has no MCP server at {0} ({1}). Many have theirs at {2}.",
        path ?? "/",
        code ?? 404,
        "/mcp",
      ),
    remedy: always("openDashboard"),
  },
  {
    applies: status(404, 410),
    say: ({ path, status: code }) =>
      l10n.t("The upstream has no MCP server at {0} ({1}).", path ?? "/", code ?? 404),
    remedy: always("openDashboard"),
  },
  {
    applies: status(405, 406, 415),
    say: ({ status: code }) =>
      l10n.t(
        "The upstream doesn't speak streamable HTTP here ({0}); it may offer SSE alone.",
        code ?? 405,
      ),
    remedy: always("openDashboard"),
  },
  {
    applies: status(408),
    say: () => l10n.t("The upstream gave up waiting for the request (408)."),
    remedy: always("syncAgain"),
  },
  {
    applies: status(429),
    say: () => l10n.t("The upstream gets too many requests (429)."),
    remedy: always("syncAgain"),
  },
  {
    applies: status(521, 523),
    say: ({ status: code }) =>
      l10n.t("Cloudflare found nobody at the upstream's address ({0}).", code ?? 521),
    remedy: always("syncAgain"),
  },
  {
    applies: status(522, 524),
    say: ({ status: code }) =>
      l10n.t("The upstream didn't answer Cloudflare in time ({0}).", code ?? 522),
    remedy: always("syncAgain"),
  },
  {
    applies: status(525, 526),
    say: ({ status: code }) =>
      l10n.t("Cloudflare couldn't verify the upstream's certificate ({0}).", code ?? 525),
    remedy: always("syncAgain"),
  },
  {
    applies: ({ status: code }) => code !== undefined && code >= 500,
    say: ({ status: code, told }) =>
      withWords(l10n.t("The upstream failed ({0})", code ?? 500), told),
    remedy: always("syncAgain"),
  },
];
