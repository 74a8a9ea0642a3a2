import * as l10n from "@vscode/l10n";
import { withoutEnding } from "../../base/text.ts";
import {
  all,
  always,
  any,
  credentialRemedy,
  type Diagnosis,
  mcp,
  mentions,
  sent,
  status,
  tried,
  withWords,
} from "./diagnosis.ts";

/** Diagnoses by the upstream's HTTP status. */
export const HTTP_DIAGNOSES: readonly Diagnosis[] = [
  {
    applies: all(status(401), sent("none")),
    message: () =>
      l10n.t("The upstream asks for a credential (401), and this server was added without one."),
    remedy: always("openDashboard"),
  },
  {
    applies: all(status(401), sent("notYet")),
    message: () =>
      l10n.t(
        "The upstream asks for a credential (401), and no administrator has authenticated this server yet.",
      ),
    remedy: always("openDashboard"),
  },
  {
    applies: status(401),
    message: () => l10n.t("The upstream refused the credential (401)."),
    remedy: credentialRemedy,
  },
  {
    applies: status(402),
    message: () => l10n.t("The upstream asks for payment (402)."),
    remedy: always("showLog"),
  },
  {
    applies: all(status(403), sent("none")),
    message: ({ told }) =>
      [
        withWords(l10n.t("The upstream denies access (403)"), told),
        l10n.t(
          "This server was added without a credential. The upstream may need one, or refuse requests from proxies.",
        ),
      ].join(" "),
    remedy: always("openDashboard"),
  },
  {
    applies: all(status(403), sent("notYet")),
    message: () =>
      l10n.t(
        "The upstream denies access (403), and no administrator has authenticated this server yet.",
      ),
    remedy: always("openDashboard"),
  },
  {
    applies: all(status(403), sent("bearer", "oauth")),
    message: ({ told }) =>
      withWords(l10n.t("The upstream denies access with this credential (403)"), told),
    remedy: credentialRemedy,
  },
  {
    applies: status(403),
    message: ({ told }) => withWords(l10n.t("The upstream denies access (403)"), told),
    remedy: always("showLog"),
  },
  {
    applies: all(status(404, 410), tried("all")),
    message: ({ status: code, path }) => {
      const at = withoutEnding(path ?? "/", "/");
      return l10n.t(
        "The upstream has no MCP server at {0}, nor at {1} or {2} ({3}). Its documentation names the right URL.",
        path ?? "/",
        `${at}/mcp`,
        `${at}/sse`,
        code ?? 404,
      );
    },
    remedy: always("openDashboard"),
  },
  {
    applies: all(status(404, 410), tried("sse", "httpAtSse")),
    message: ({ path, status: code }) =>
      l10n.t(
        "The upstream has no MCP server at {0} ({1}). Many have given up SSE, and have theirs at {2}.",
        path ?? "/sse",
        code ?? 404,
        "/mcp",
      ),
    remedy: always("openDashboard"),
  },
  {
    applies: status(404, 410),
    message: ({ path, status: code }) =>
      l10n.t("The upstream has no MCP server at {0} ({1}).", path ?? "/", code ?? 404),
    remedy: always("openDashboard"),
  },
  {
    applies: all(status(405, 406), tried("all")),
    message: ({ path, status: code }) =>
      l10n.t(
        "The upstream speaks neither Streamable HTTP nor SSE at {0}, nor below it at {1} and {2} ({3}).",
        path ?? "/",
        "/mcp",
        "/sse",
        code ?? 405,
      ),
    remedy: always("openDashboard"),
  },
  {
    applies: all(status(405, 406), tried("sse")),
    message: ({ status: code }) =>
      l10n.t(
        "The upstream doesn't speak SSE here ({0}). At a URL that ends in {1}, Cloudflare tries nothing else.",
        code ?? 405,
        "/sse",
      ),
    remedy: always("openDashboard"),
  },
  {
    applies: all(status(405, 406, 415), tried("httpAtSse")),
    message: ({ status: code }) =>
      l10n.t(
        "The upstream doesn't speak Streamable HTTP at this URL ({0}), and through Gateway Cloudflare tries nothing else.",
        code ?? 405,
      ),
    remedy: always("openDashboard"),
  },
  {
    applies: all(status(405, 406, 415), tried("http")),
    message: ({ status: code }) =>
      l10n.t(
        "The upstream doesn't speak Streamable HTTP here ({0}); it may offer only SSE.",
        code ?? 405,
      ),
    remedy: always("openDashboard"),
  },
  {
    applies: status(408),
    message: () => l10n.t("The upstream gave up waiting for the request (408)."),
    remedy: always("syncAgain"),
  },
  {
    applies: status(429),
    message: () => l10n.t("The upstream gets too many requests (429)."),
    remedy: always("syncAgain"),
  },
  {
    applies: status(521, 523),
    message: ({ status: code }) =>
      l10n.t("Nothing answered Cloudflare at the upstream's address ({0}).", code ?? 521),
    remedy: always("syncAgain"),
  },
  {
    applies: status(504, 522, 524),
    message: ({ status: code }) =>
      l10n.t("The upstream didn't answer Cloudflare in time ({0}).", code ?? 522),
    remedy: always("syncAgain"),
  },
  {
    applies: status(525, 526),
    message: ({ status: code }) =>
      l10n.t("Cloudflare couldn't verify the upstream's certificate ({0}).", code ?? 525),
    remedy: always("syncAgain"),
  },
  {
    applies: ({ status: code }) => code !== undefined && code >= 500,
    message: ({ status: code, told }) =>
      withWords(l10n.t("The upstream failed ({0})", code ?? 500), told),
    remedy: always("syncAgain"),
  },
];

/** Diagnoses by the JSON-RPC error code. */
export const MCP_DIAGNOSES: readonly Diagnosis[] = [
  {
    applies: mcp(-32700, -32600),
    message: ({ mcpCode }) =>
      l10n.t("The upstream didn't understand the request ({0}).", mcpCode ?? 0),
    remedy: always("showLog"),
  },
  {
    applies: mcp(-32601),
    message: () =>
      l10n.t("The upstream can't list its tools: it doesn't know the method (-32601)."),
    remedy: always("showLog"),
  },
  {
    applies: mcp(-32602),
    message: () => l10n.t("The upstream refused the request's parameters (-32602)."),
    remedy: always("showLog"),
  },
  {
    applies: mcp(-32603),
    message: ({ told }) => withWords(l10n.t("The upstream had an internal error (-32603)"), told),
    remedy: always("syncAgain"),
  },
  {
    // Cloudflare's MCP client makes this code itself. With other words the code comes from the
    // upstream.
    applies: all(
      mcp(-32000),
      any(({ told }) => told === undefined, mentions("connection closed", "connection lost")),
    ),
    message: () => l10n.t("The connection was closed before the upstream had answered."),
    remedy: always("syncAgain"),
  },
  {
    applies: ({ mcpCode }) => mcpCode !== undefined,
    message: ({ mcpCode, told }) =>
      withWords(l10n.t("The upstream answered with MCP error {0}", mcpCode ?? 0), told),
    remedy: always("showLog"),
  },
];

/** Any other status. */
export const UNKNOWN_STATUS: Diagnosis = {
  applies: ({ status: code }) => code !== undefined,
  message: ({ status: code, told }) =>
    withWords(l10n.t("The upstream answered with status {0}", code ?? 0), told),
  remedy: always("showLog"),
};
