import * as l10n from "@vscode/l10n";
import {
  all,
  always,
  any,
  code,
  credentialRemedy,
  type Diagnosis,
  mcp,
  mentions,
  status,
  withWords,
} from "./diagnosis.ts";

/** Failures of requests that never left the machine that was to send them. */
export const LOCAL_DIAGNOSES: readonly Diagnosis[] = [
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
export const WORDS_FIRST: readonly Diagnosis[] = [
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
        "The upstream refuses requests for its host name{0}. Its owner has to add the name to the hosts that it allows.",
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

/** Diagnoses by words, where no code tells anything. */
export const WORD_DIAGNOSES: readonly Diagnosis[] = [
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
      l10n.t(
        "A secure connection to the upstream couldn't be made: its certificate isn't trusted.",
      ),
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
