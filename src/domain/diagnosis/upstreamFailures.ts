import * as l10n from "@vscode/l10n";
import { about, withoutEnding } from "../../base/text.ts";
import type { AuthType, Server } from "../servers/server.ts";

/** What is known of a failing server, in the shape that the table of diagnoses asks for. */
interface Facts {
  readonly authType: AuthType;
  /** HTTP status of the upstream. */
  readonly status: number | undefined;
  /** JSON-RPC error code of the upstream. */
  readonly mcpCode: number | undefined;
  /** Cloudflare's cause and error, lower-cased: data to look for words in, never to show. */
  readonly words: string;
  /** Cloudflare's own words, to show where nothing better is known. */
  readonly told: string | undefined;
  /** Of the upstream's URL; undefined when that isn't one. */
  readonly path: string | undefined;
}

export function factsOf(server: Server): Facts {
  const { error, errorDetails: details } = server;
  const told = withoutEnding((details?.cause ?? error ?? "").trimEnd(), ".");
  return {
    authType: server.authType,
    status: details?.statusCode,
    mcpCode: details?.mcpCode,
    words: [details?.cause, error].join(" ").toLowerCase(),
    told: told === "" ? undefined : told,
    path: URL.parse(server.hostname)?.pathname,
  };
}

/** The one thing that helps, in the order of how much a person has to do. */
export type Remedy = "syncAgain" | "setCredentials" | "openDashboard" | "showLog";

/** A known failure: how to recognise it, what to say, and what helps. */
interface Diagnosis {
  applies(facts: Facts): boolean;
  say(facts: Facts): string;
  remedy(facts: Facts): Remedy;
}

const always = (remedy: Remedy) => (): Remedy => remedy;

/** A bearer can be set from here; OAuth needs an administrator in the dashboard. */
export function credentialRemedy({ authType }: Pick<Facts, "authType">): Remedy {
  return authType === "bearer" ? "setCredentials" : "openDashboard";
}

/** A sentence without its full stop, and what the upstream or Cloudflare said. */
function withWords(sentence: string, told: string | undefined): string {
  return l10n.t("{0}.", told === undefined ? sentence : about(sentence, told));
}

const status =
  (...of: readonly number[]) =>
  (facts: Facts): boolean =>
    facts.status !== undefined && of.includes(facts.status);

/** By the HTTP status of the upstream. */
const HTTP_DIAGNOSES: readonly Diagnosis[] = [
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

const mcp =
  (...of: readonly number[]) =>
  (facts: Facts): boolean =>
    facts.mcpCode !== undefined && of.includes(facts.mcpCode);

/** By the JSON-RPC error code of the upstream. */
const MCP_DIAGNOSES: readonly Diagnosis[] = [
  {
    applies: mcp(-32700, -32600),
    say: ({ mcpCode }) => l10n.t("The upstream didn't understand the request ({0}).", mcpCode ?? 0),
    remedy: always("showLog"),
  },
  {
    applies: mcp(-32601),
    say: () => l10n.t("The upstream can't list its tools: it doesn't know the method (-32601)."),
    remedy: always("showLog"),
  },
  {
    applies: mcp(-32602),
    say: () => l10n.t("The upstream refused the request's parameters (-32602)."),
    remedy: always("showLog"),
  },
  {
    applies: mcp(-32603),
    say: ({ told }) => withWords(l10n.t("The upstream failed inside (-32603)"), told),
    remedy: always("syncAgain"),
  },
  {
    applies: ({ mcpCode }) => mcpCode !== undefined,
    say: ({ mcpCode, told }) =>
      withWords(l10n.t("The upstream answered with MCP error {0}", mcpCode ?? 0), told),
    remedy: always("showLog"),
  },
];

const mentions =
  (...of: readonly string[]) =>
  (facts: Facts): boolean =>
    of.some((word) => facts.words.includes(word));

/** Cloudflare's own words: they say more than the status that may come with them. */
const RENEWAL: Diagnosis = {
  applies: mentions("needs_reauth", "re-authenticate", "reauthenticate"),
  say: () => l10n.t("The upstream's credential has to be renewed."),
  remedy: credentialRemedy,
};

/** By what is said where nothing is told by a code. */
const WORD_DIAGNOSES: readonly Diagnosis[] = [
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

const UNKNOWN_STATUS: Diagnosis = {
  applies: ({ status: code }) => code !== undefined,
  say: ({ status: code, told }) =>
    withWords(l10n.t("The upstream answered with status {0}", code ?? 0), told),
  remedy: always("showLog"),
};

/** The first that applies counts: what is told by a code stands before what is told by a word. */
export const DIAGNOSES: readonly Diagnosis[] = [
  RENEWAL,
  ...HTTP_DIAGNOSES,
  ...MCP_DIAGNOSES,
  ...WORD_DIAGNOSES,
  UNKNOWN_STATUS,
];
