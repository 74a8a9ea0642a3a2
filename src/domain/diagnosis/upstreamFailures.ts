import * as l10n from "@vscode/l10n";
import { about, withoutEnding } from "../../base/text.ts";
import type { Facts } from "./facts.ts";

/** The one action that helps. The list starts with the least work for a person. */
export type Remedy = "syncAgain" | "setCredentials" | "openDashboard" | "showLog";

/** Where the fault lies. A diagnosis sets it where it knows more than `is_upstream` tells. */
export type Fault = "address" | "inFront" | "authorisation";

/** A known failure: how to recognise it, what to say, and what helps. */
interface Diagnosis {
  applies(facts: Facts): boolean;
  message(facts: Facts): string;
  remedy(facts: Facts): Remedy;
  readonly fault?: Fault;
}

const always = (remedy: Remedy) => (): Remedy => remedy;

/** A bearer token can be set from here; OAuth needs an administrator in the dashboard. */
export function credentialRemedy({ authType }: Pick<Facts, "authType">): Remedy {
  return authType === "bearer" ? "setCredentials" : "openDashboard";
}

/** A sentence without its full stop, followed by what the upstream or Cloudflare said. */
function withWords(sentence: string, told: string | undefined): string {
  return l10n.t("{0}.", told === undefined ? sentence : about(sentence, told));
}

const status =
  (...of: readonly number[]) =>
  (facts: Facts): boolean =>
    facts.status !== undefined && of.includes(facts.status);

const mcp =
  (...of: readonly number[]) =>
  (facts: Facts): boolean =>
    facts.mcpCode !== undefined && of.includes(facts.mcpCode);

const mentions =
  (...of: readonly string[]) =>
  (facts: Facts): boolean =>
    of.some((word) => facts.words.includes(word));

const any =
  (...of: readonly ((facts: Facts) => boolean)[]) =>
  (facts: Facts): boolean =>
    of.some((applies) => applies(facts));

const all =
  (...of: readonly ((facts: Facts) => boolean)[]) =>
  (facts: Facts): boolean =>
    of.every((applies) => applies(facts));

const sent =
  (...of: readonly Facts["credential"][]) =>
  (facts: Facts): boolean =>
    of.includes(facts.credential);

const tried =
  (...of: readonly Facts["tried"][]) =>
  (facts: Facts): boolean =>
    of.includes(facts.tried);

/** Gives " (403)", or "" without a status. */
function code(facts: Facts): string {
  return facts.status === undefined ? "" : ` (${facts.status})`;
}

/** Failures of requests that never left the machine that was to send them. */
const LOCAL_DIAGNOSES: readonly Diagnosis[] = [
  {
    applies: all(
      ({ status: code, mcpCode }) => code === undefined && mcpCode === undefined,
      mentions(
        ...["bad port", "invalid url", "failed to parse url", "unknown scheme", "url scheme"],
        ...[
          "unsupported protocol",
          "only absolute urls",
          "url is malformed",
          "relative url without",
        ],
      ),
    ),
    message: ({ told }) => withWords(l10n.t("Nothing can be sent to this URL"), told),
    remedy: always("openDashboard"),
    fault: "address",
  },
];

/** Texts of services that stand in front of an upstream and turn away programs. */
const BOT_CHECK_MARKS: readonly string[] = [
  ...["just a moment...", "attention required! | cloudflare", "checking your browser"],
  ...["verify you are human", "verifying you are human", "enable javascript and cookies"],
  ...["challenge-platform", "cf-chl", "cf_chl", "cf-mitigated", "g-recaptcha", "hcaptcha"],
  ...["error 1010", "error 1020", "error code: 1010", "error code: 1020", "bot detection"],
  ...["security checkpoint", "ddos protection by", "_incapsula_", "perimeterx", "datadome"],
];

/** Texts that are more precise than the status or code that comes with them. */
const WORDS_FIRST: readonly Diagnosis[] = [
  {
    applies: mentions("needs_reauth", "re-authenticate", "reauthenticate"),
    message: () => l10n.t("The upstream's credential has to be renewed."),
    remedy: credentialRemedy,
  },
  {
    applies: ({ markup }) => BOT_CHECK_MARKS.some((mark) => markup.includes(mark)),
    message: (facts) =>
      [
        withWords(
          l10n.t("A bot check in front of the upstream turned Cloudflare away{0}", code(facts)),
          facts.told,
        ),
        l10n.t("Its owner has to let requests from Cloudflare through."),
      ].join(" "),
    remedy: always("syncAgain"),
    fault: "inFront",
  },
  {
    applies: any(
      all(status(530), mentions("1033")),
      mentions("error 1033", "error code: 1033", "argo tunnel error", "cloudflare tunnel error"),
    ),
    message: () =>
      l10n.t(
        "The Cloudflare Tunnel that leads to the upstream isn't connected (1033). Start its cloudflared, then sync again.",
      ),
    remedy: always("syncAgain"),
    fault: "inFront",
  },
  {
    applies: any(
      all(status(530), mentions("1016")),
      mentions("error 1016", "error code: 1016", "origin dns error"),
    ),
    message: () => l10n.t("Cloudflare found no address for the upstream's host name (1016)."),
    remedy: always("syncAgain"),
  },
  {
    applies: any(
      status(421),
      mentions(
        ...[
          "invalid host header",
          "host header is",
          "host not allowed",
          "blocked request. this host",
        ],
        ...["misdirected request", "disallowedhost", "disallowed host", "invalid http_host"],
        ...["dns rebinding", "host not in allowlist"],
      ),
    ),
    message: (facts) =>
      l10n.t(
        "The upstream doesn't answer to the host name that it is called by{0}. Its owner has to add that name to the hosts that it allows.",
        code(facts),
      ),
    remedy: always("syncAgain"),
  },
  {
    applies: mentions(
      ...["does not support dynamic client registration", "no dynamic client registration"],
      ...[
        "doesn't support dynamic client registration",
        "dynamic client registration not supported",
      ],
      ...["dynamic client registration is not supported", "dynamic registration is disabled"],
      ...["dynamic client registration is disabled", "no registration_endpoint"],
      ...["no registration endpoint", "registration not supported", "registration_not_supported"],
    ),
    message: () =>
      l10n.t(
        "The upstream's authorization server registers no clients by itself. Register one there by hand, and set it as manual OAuth.",
      ),
    remedy: always("setCredentials"),
    fault: "authorisation",
  },
  {
    applies: mentions(
      ...["invalid redirect uri", "invalid_redirect_uri", "redirect_uri", "redirect uri"],
    ),
    message: (facts) =>
      l10n.t(
        "The upstream's authorization server doesn't accept Cloudflare's redirect URI{0}. Its owner has to allow it, or a client that has it can be set as manual OAuth.",
        code(facts),
      ),
    remedy: always("setCredentials"),
    fault: "authorisation",
  },
  {
    applies: mentions(
      ...["client registration", "register client", "registration failed", "registration_endpoint"],
      ...["invalid_client_metadata", "unapproved_software_statement", "failed to register"],
      ...["registration request", "/register)", "/oauth/register", "/oauth2/register"],
    ),
    message: (facts) =>
      l10n.t(
        "The upstream's authorization server refused to register Cloudflare as a client{0}. Some accept only the clients that they know, and no proxy such as a portal. Ask its owner to allow Cloudflare, or set a client of your own as manual OAuth.",
        code(facts),
      ),
    remedy: always("setCredentials"),
    fault: "authorisation",
  },
  {
    applies: mentions("invalid_client", "invalid client", "unauthorized_client", "unknown client"),
    message: (facts) =>
      l10n.t(
        "The upstream's authorization server doesn't know the OAuth client, or its secret is wrong{0}.",
        code(facts),
      ),
    remedy: always("setCredentials"),
    fault: "authorisation",
  },
  {
    applies: mentions("invalid_grant", "invalid grant", "refresh token expired"),
    message: () => l10n.t("The upstream's credential has to be renewed."),
    remedy: credentialRemedy,
    fault: "authorisation",
  },
  {
    applies: mentions("insufficient_scope", "insufficient scope"),
    message: (facts) =>
      l10n.t("The credential lacks a scope that the upstream asks for{0}.", code(facts)),
    remedy: credentialRemedy,
  },
  {
    applies: mentions(
      ...["session not found", "session id not found", "no session found", "unknown session"],
      ...["invalid session", "no valid session", "missing session", "session terminated"],
      ...["session has expired", "session expired", "mcp-session-id", "session does not exist"],
    ),
    message: (facts) =>
      l10n.t(
        "The upstream no longer knew the session{0}. It may run on several machines that don't share sessions.",
        code(facts),
      ),
    remedy: always("syncAgain"),
  },
  {
    applies: any(
      ({ status: code }) => code !== undefined && code >= 300 && code < 400 && code !== 304,
      mentions("moved permanently", "too many redirects", "unexpected redirect", "was redirected"),
      mentions("redirects are not", "redirect mode is set to error", "redirect count exceeded"),
      mentions("temporary redirect", "permanent redirect"),
    ),
    message: (facts) =>
      l10n.t(
        "The upstream sends requests on to another address{0}. Register the server with its final URL.",
        code(facts),
      ),
    remedy: always("openDashboard"),
  },
  {
    applies: all(
      any(({ status: code }) => code === undefined, status(404, 410)),
      any(
        mcp(-32001),
        mentions(
          "timed out",
          "timeout",
          "etimedout",
          "did not answer in time",
          "deadline exceeded",
        ),
      ),
    ),
    message: () => l10n.t("The upstream didn't answer in time."),
    remedy: always("syncAgain"),
  },
];

/** Diagnoses by the upstream's HTTP status. */
const HTTP_DIAGNOSES: readonly Diagnosis[] = [
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
      withWords(l10n.t("With this credential the upstream denies access (403)"), told),
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
        "The upstream doesn't speak Streamable HTTP here ({0}); it may offer SSE alone.",
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
      l10n.t("Cloudflare found nobody at the upstream's address ({0}).", code ?? 521),
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
const MCP_DIAGNOSES: readonly Diagnosis[] = [
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
    message: ({ told }) => withWords(l10n.t("The upstream failed inside (-32603)"), told),
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

/** Diagnoses by words, where no code tells anything. */
const WORD_DIAGNOSES: readonly Diagnosis[] = [
  {
    applies: mentions("enotfound", "eai_again", "getaddrinfo", "no such host", "nxdomain"),
    message: () => l10n.t("The upstream's host name couldn't be looked up."),
    remedy: always("syncAgain"),
  },
  {
    applies: mentions("econnrefused", "connection refused"),
    message: () => l10n.t("The upstream's address refuses connections."),
    remedy: always("syncAgain"),
  },
  {
    applies: mentions("cert", "tls", "ssl", "self-signed", "self signed"),
    message: () =>
      l10n.t("A safe connection to the upstream couldn't be made: its certificate isn't trusted."),
    remedy: always("syncAgain"),
  },
  {
    applies: mentions("econnreset", "socket hang up", "connection closed", "connection lost"),
    message: () => l10n.t("The upstream broke off the connection."),
    remedy: always("syncAgain"),
  },
  {
    applies: mentions(
      ...["not an mcp server", "json-rpc", "unexpected token", "content type", "text/html"],
    ),
    message: () => l10n.t("What answers at this URL isn't an MCP server."),
    remedy: always("openDashboard"),
  },
];

const UNKNOWN_STATUS: Diagnosis = {
  applies: ({ status: code }) => code !== undefined,
  message: ({ status: code, told }) =>
    withWords(l10n.t("The upstream answered with status {0}", code ?? 0), told),
  remedy: always("showLog"),
};

/** In order: the first that applies is used. */
export const DIAGNOSES: readonly Diagnosis[] = [
  ...LOCAL_DIAGNOSES,
  ...WORDS_FIRST,
  ...HTTP_DIAGNOSES,
  ...MCP_DIAGNOSES,
  ...WORD_DIAGNOSES,
  UNKNOWN_STATUS,
];
