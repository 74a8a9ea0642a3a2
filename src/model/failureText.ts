import * as l10n from "@vscode/l10n";
import type { ApiError, ApiProblem, FailureReason } from "./failure.ts";
import { withShownUrls } from "./url.ts";

/** What happened and what to do about it, for people; with Cloudflare's own words where it had any. */
export function describeFailure(error: ApiError): string {
  const said = inCloudflaresWords(error.problems);
  const sentence = error.reason === "refused" ? refused(error) : unreached(error, error.reason);
  return said === undefined ? sentence : `${sentence} ${said}`;
}

function refused(error: ApiError): string {
  switch (error.kind) {
    case "auth":
      return l10n.t("Cloudflare doesn't accept this credential. Sign in with a valid one.");
    case "forbidden":
      return l10n.t(
        "This credential may not do that here. It needs the permission MCP Portals Read, and MCP Portals Write for changes, in an account that has MCP portals.",
      );
    case "notFound":
      return l10n.t("It isn't at Cloudflare any more. Refresh to see what is.");
    case "conflict":
      return l10n.t("It clashes with what is there now. Refresh, then try again.");
    case "rateLimit":
      return rateLimited(error.retryAfter);
    case "offline":
      return l10n.t("The request didn't get through in time. Try again.");
    case "invalid":
      return error.problems.length === 0
        ? l10n.t("Cloudflare refused the request without saying why ({0}).", error.status ?? 0)
        : l10n.t("Cloudflare refused the request.");
    case "server":
      return atCloudflare(error);
  }
}

function unreached(error: ApiError, reason: Exclude<FailureReason, "refused">): string {
  switch (reason) {
    case "dns":
      return l10n.t("The API's address couldn't be looked up. Check the network connection.");
    case "connectionRefused":
      return l10n.t("No connection to the API could be made. Check the network connection.");
    case "connectionLost":
      return l10n.t("The connection broke off before the answer was complete. Try again.");
    case "timeout":
      return l10n.t("No complete answer came in time. Try again, or check the network connection.");
    case "tls":
      return l10n.t(
        "The API's certificate couldn't be verified. Where a proxy inspects connections, its certificate has to be in the system's store.",
      );
    case "proxy":
      return l10n.t(
        "The proxy didn't let the request through. Check the setting {0}.",
        "http.proxy",
      );
    case "html":
      return webPage(error);
    case "notJson":
    case "wrongShape":
      return notUnderstood(error);
    case "tooLarge":
      return l10n.t("The answer is larger than any that can be handled, so it was cut off.");
    case "redirect":
      return l10n.t(
        "The API root points to another address, which a credential isn't sent to. Set {0} to the final address.",
        "mcpPortals.apiBaseUrl",
      );
    case "unsafeRoot":
      return l10n.t(
        "Nothing was sent: {0} has to start with https, or with http on this machine.",
        "mcpPortals.apiBaseUrl",
      );
    case "badCredential":
      return l10n.t(
        "Nothing was sent: the credential is empty or has characters that no credential has, such as a space or a line break. Copy it again.",
      );
  }
}

function rateLimited(seconds: number | undefined): string {
  return seconds === undefined
    ? l10n.t("Cloudflare's rate limit is reached. Try again in a few minutes.")
    : l10n.t("Cloudflare's rate limit is reached. Requests are taken again in {0} s.", seconds);
}

/** An answer that isn't the API's: its status may still say what is going on. */
function notTheApi(error: ApiError, otherwise: string): string {
  switch (error.kind) {
    case "server":
      return atCloudflare(error);
    case "rateLimit":
      return rateLimited(error.retryAfter);
    default:
      return otherwise;
  }
}

function webPage(error: ApiError): string {
  return notTheApi(
    error,
    l10n.t(
      "A web page came instead of an answer, as from a proxy or a network's sign-in page. Check the network, then the setting {0}.",
      "mcpPortals.apiBaseUrl",
    ),
  );
}

function notUnderstood(error: ApiError): string {
  return notTheApi(
    error,
    error.subject === undefined
      ? l10n.t(
          "The answer isn't one of Cloudflare's API. Check the setting {0}.",
          "mcpPortals.apiBaseUrl",
        )
      : l10n.t("The answer has an unexpected form at {0}.", error.subject),
  );
}

function atCloudflare({ status, rayId }: ApiError): string {
  const code = status === undefined ? "" : ` (${status})`;
  return rayId === undefined
    ? l10n.t("The API is having trouble{0}. Try again in a moment.", code)
    : l10n.t("The API is having trouble{0}. Try again in a moment. Ray ID: {1}.", code, rayId);
}

/** More problems than these are in the same spirit. */
const shownProblems = 3;

function inCloudflaresWords(problems: readonly ApiProblem[]): string | undefined {
  const said = problems.slice(0, shownProblems).map(problemInWords).filter(Boolean);
  return said.length === 0 ? undefined : l10n.t("Cloudflare says: {0}", said.join("; "));
}

function problemInWords({ code, message, field }: ApiProblem): string {
  const text = withShownUrls(message).trim().slice(0, 300);
  const place = field === undefined ? "" : `${fieldInWords(field)}: `;
  const number = code === undefined ? "" : ` (${code})`;
  return text === "" && number === "" ? "" : `${place}${text}${number}`.trim();
}

/** A field of the API as people know it: `updated_tools.3.alias` is the alias of tool 4. */
export function fieldInWords(field: string): string {
  const entry = /^updated_(tool|prompt)s\.(\d+)(?:\.(.+))?$/.exec(field);
  if (entry === null) {
    return plainField(field);
  }
  const [, kind, index, inner] = entry;
  const number = Number(index) + 1;
  const owner = kind === "tool" ? l10n.t("tool {0}", number) : l10n.t("prompt {0}", number);
  return inner === undefined ? owner : l10n.t("{0} of {1}", plainField(inner), owner);
}

function plainField(field: string): string {
  switch (field) {
    case "id":
      return l10n.t("ID");
    case "name":
      return l10n.t("name");
    case "alias":
      return l10n.t("alias");
    case "description":
      return l10n.t("description");
    case "enabled":
      return l10n.t("enabled");
    case "hostname":
      return l10n.t("URL");
    case "auth_type":
      return l10n.t("authentication");
    case "auth_credentials":
      return l10n.t("credentials");
    case "client_secret":
      return l10n.t("client secret");
    case "updated_tools":
      return l10n.t("tools");
    case "updated_prompts":
      return l10n.t("prompts");
    case "secure_web_gateway":
      return l10n.t("Gateway routing");
    case "is_shared_oauth_callback_enabled":
      return l10n.t("shared OAuth callback");
    default:
      return field;
  }
}
