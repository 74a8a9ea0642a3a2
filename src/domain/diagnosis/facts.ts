import { withoutEnding } from "../../base/text.ts";
import type { AuthType, Server } from "../servers/server.ts";

/** What is known of a failing server, in the form in which the tables of diagnoses ask for it. */
export interface Facts {
  readonly authType: AuthType;
  readonly credential: CredentialFact;
  /** HTTP status of the upstream. */
  readonly status: number | undefined;
  /** JSON-RPC error code, from the upstream or from Cloudflare's own MCP client. */
  readonly mcpCode: number | undefined;
  /** Cloudflare's cause and error in lower case. They are searched for words and never shown. */
  readonly words: string;
  /** The same texts with their markup, which is searched for the marks of bot checks. */
  readonly markup: string;
  /** Cloudflare's own text without prefixes, to show where no diagnosis is more precise. */
  readonly told: string | undefined;
  /** The path of the upstream's URL; undefined when the URL isn't valid. */
  readonly path: string | undefined;
  /** What Cloudflare tried at the URL. */
  readonly tried: Tried;
}

/** The kind of credential that Cloudflare sends to the upstream, if any. */
type CredentialFact = "none" | "bearer" | "oauth" | "notYet" | "unknown";

/**
 * What Cloudflare tries at a URL. Source: Cloudflare docs, "Transport".
 * - `http`: the URL ends in `/mcp`; Streamable HTTP only.
 * - `sse`: it ends in `/sse`; SSE only.
 * - `httpAtSse`: it ends in `/sse` and Gateway routing is on; Streamable HTTP only.
 * - `all`: both at the URL, then both at `{url}/mcp` and `{url}/sse`.
 */
type Tried = "http" | "sse" | "httpAtSse" | "all";

/**
 * Most characters that are read. The cause stands near the beginning, and a web page may have any
 * size.
 */
const LONGEST_TEXT = 16_384;
/** Most characters of a foreign text that one sentence quotes. */
const LONGEST_QUOTE = 300;

export function factsOf(server: Server): Facts {
  const { error, errorDetails: details } = server;
  const texts = [details?.cause ?? "", error ?? ""].map((text) => text.slice(0, LONGEST_TEXT));
  const path = URL.parse(server.hostname)?.pathname;
  return {
    authType: server.authType,
    credential: credentialOf(server),
    status: details?.statusCode,
    mcpCode: details?.mcpCode,
    words: texts.map(plainText).join(" ").toLowerCase(),
    markup: texts.join(" ").toLowerCase(),
    told: texts
      .map(quoted)
      .find((text) => text !== "" && !(details?.statusCode !== undefined && isStatusAlone(text))),
    path,
    tried: triedAt(path ?? "/", server.secureWebGateway === true),
  };
}

function credentialOf({ authType, authenticationStatus }: Server): CredentialFact {
  switch (authType) {
    case "unauthenticated":
      return "none";
    case "bearer":
      return "bearer";
    case "oauth":
      return authenticationStatus === "required" ? "notYet" : "oauth";
    default:
      return "unknown";
  }
}

function triedAt(path: string, isRouted: boolean): Tried {
  const end = withoutEnding(path, "/");
  if (end.endsWith("/mcp")) {
    return "http";
  }
  if (end.endsWith("/sse")) {
    return isRouted ? "httpAtSse" : "sse";
  }
  return "all";
}

/** A foreign text for use in a sentence. A web page is quoted by its title. */
export function quoted(text: string): string {
  const bounded = text.slice(0, LONGEST_TEXT);
  const words = isMarkup(bounded) ? titleOf(bounded) : bounded;
  return withoutEnding(withoutPrefixes(words.trim()).trimEnd(), ".").slice(0, LONGEST_QUOTE);
}

/** True for a text that only repeats the status, which the sentence has already. */
function isStatusAlone(text: string): boolean {
  return (
    /^http status (?:client|server) error/i.test(text) ||
    /^(?:the upstream answered |http )?\d{3}(?: [a-z]+){0,4}$/i.test(text) ||
    /^(?:forbidden|unauthorized|not found|bad request|access denied)$/i.test(text)
  );
}

/** The prefix that each MCP client puts before a message that it passes on. */
const PREFIX =
  /^(?:mcp error -?\d{1,9}|(?:streamable http|sse|connection|request|fetch) error|error):\s?/i;

function withoutPrefixes(text: string): string {
  let rest = text;
  // The loop ends: each turn shortens the text. Eight turns bound it for a hostile text.
  for (let turn = 0; turn < 8; turn += 1) {
    const shorter = rest.replace(PREFIX, "").trimStart();
    if (shorter === rest || shorter === "") {
      return rest;
    }
    rest = shorter;
  }
  return rest;
}

function isMarkup(text: string): boolean {
  return /^\s*<(?:!doctype|html|head|body|\?xml)/i.test(text);
}

function titleOf(page: string): string {
  const lower = page.toLowerCase();
  const tag = lower.indexOf("<title");
  const start = tag < 0 ? -1 : lower.indexOf(">", tag);
  const end = start < 0 ? -1 : lower.indexOf("</title", start);
  return end < 0
    ? ""
    : page
        .slice(start + 1, end)
        .replace(/\s+/g, " ")
        .trim();
}

/**
 * A page's text without tags, scripts and styles. A `setTimeout` in a script must not look like a
 * timeout.
 */
function plainText(text: string): string {
  if (!isMarkup(text)) {
    return text;
  }
  const lower = text.toLowerCase();
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    const open = text.indexOf("<", at);
    if (open < 0) {
      parts.push(text.slice(at));
      break;
    }
    parts.push(text.slice(at, open));
    const hidden = ["script", "style"].find((name) => lower.startsWith(name, open + 1));
    const from = hidden === undefined ? open : lower.indexOf(`</${hidden}`, open);
    const close = from < 0 ? -1 : text.indexOf(">", from);
    at = close < 0 ? text.length : close + 1;
  }
  return parts.join(" ");
}
