import * as l10n from "@vscode/l10n";
import type { ApiError, FailureKind, FailureReason } from "../failure.ts";

/** The one thing that helps when a call to the API failed. */
export type FailureRemedy =
  | "signIn"
  | "tryAgain"
  | "refresh"
  | "setApiRoot"
  | "setProxy"
  | "showLog";

/** What to say of a failure, and what helps. */
export interface FailureAdvice {
  say(error: ApiError): string;
  readonly remedy: FailureRemedy;
}

interface Breakdown extends FailureAdvice {
  /** Somebody answered: where the status says what is going on, that counts for more. */
  readonly hasStatus?: true;
}

const API_ROOT = "mcpPortals.apiBaseUrl";
const PROXY = "http.proxy";

const RATE_LIMIT: FailureAdvice = {
  say: ({ retryAfter }) =>
    retryAfter === undefined
      ? l10n.t("Cloudflare's rate limit is reached. Try again in a few minutes.")
      : l10n.t(
          "Cloudflare's rate limit is reached. Requests are taken again in {0} s.",
          retryAfter,
        ),
  remedy: "tryAgain",
};

const AT_CLOUDFLARE: FailureAdvice = {
  say: ({ status, rayId }) => {
    const sentence =
      status === undefined
        ? l10n.t("The API is having trouble. Try again in a moment.")
        : l10n.t("The API is having trouble ({0}). Try again in a moment.", status);
    return rayId === undefined ? sentence : `${sentence} ${l10n.t("Ray ID: {0}.", rayId)}`;
  },
  remedy: "tryAgain",
};

/** Cloudflare answered, and refused. */
export const REFUSALS: Readonly<Record<FailureKind, FailureAdvice>> = {
  auth: {
    say: () => l10n.t("Cloudflare doesn't accept this credential. Sign in with a valid one."),
    remedy: "signIn",
  },
  forbidden: {
    say: () =>
      l10n.t(
        "This credential may not do that here. It needs the permission MCP Portals Read, and MCP Portals Write for changes, in an account that has MCP portals.",
      ),
    remedy: "signIn",
  },
  notFound: {
    say: () => l10n.t("It isn't at Cloudflare any more. Refresh to see what is."),
    remedy: "refresh",
  },
  conflict: {
    say: () => l10n.t("It clashes with what is there now. Refresh, then try again."),
    remedy: "refresh",
  },
  rateLimit: RATE_LIMIT,
  offline: {
    say: () => l10n.t("The request didn't get through in time. Try again."),
    remedy: "tryAgain",
  },
  invalid: {
    say: ({ problems, status }) =>
      problems.length === 0
        ? l10n.t("Cloudflare refused the request without saying why ({0}).", status ?? 0)
        : l10n.t("Cloudflare refused the request."),
    remedy: "showLog",
  },
  server: AT_CLOUDFLARE,
};

/** There is no answer, or none of the API's. */
export const BREAKDOWNS: Readonly<Record<Exclude<FailureReason, "refused">, Breakdown>> = {
  dns: {
    say: () => l10n.t("The API's address couldn't be looked up. Check the network connection."),
    remedy: "tryAgain",
  },
  connectionRefused: {
    say: () => l10n.t("No connection to the API could be made. Check the network connection."),
    remedy: "tryAgain",
  },
  connectionLost: {
    say: () => l10n.t("The connection broke off before the answer was complete. Try again."),
    remedy: "tryAgain",
  },
  timeout: {
    say: () =>
      l10n.t("No complete answer came in time. Try again, or check the network connection."),
    remedy: "tryAgain",
  },
  tls: {
    say: () =>
      l10n.t(
        "The API's certificate couldn't be verified. Where a proxy inspects connections, its certificate has to be in the system's store.",
      ),
    remedy: "showLog",
  },
  proxy: {
    say: () => l10n.t("The proxy didn't let the request through. Check the setting {0}.", PROXY),
    remedy: "setProxy",
  },
  html: {
    say: () =>
      l10n.t(
        "A web page came instead of an answer, as from a proxy or a network's sign-in page. Check the network, then the setting {0}.",
        API_ROOT,
      ),
    hasStatus: true,
    remedy: "setApiRoot",
  },
  notJson: {
    say: () => l10n.t("The answer isn't one of Cloudflare's API. Check the setting {0}.", API_ROOT),
    hasStatus: true,
    remedy: "setApiRoot",
  },
  wrongShape: {
    say: ({ subject }) => l10n.t("The answer has an unexpected form at {0}.", subject ?? ""),
    hasStatus: true,
    remedy: "showLog",
  },
  tooLarge: {
    say: () => l10n.t("The answer is larger than any that can be handled, so it was cut off."),
    remedy: "showLog",
  },
  redirect: {
    say: () =>
      l10n.t(
        "The API root points to another address, which a credential isn't sent to. Set {0} to the final address.",
        API_ROOT,
      ),
    remedy: "setApiRoot",
  },
  unsafeRoot: {
    say: () =>
      l10n.t(
        "Nothing was sent: {0} has to start with https, or with http on this machine.",
        API_ROOT,
      ),
    remedy: "setApiRoot",
  },
  badCredential: {
    say: () =>
      l10n.t(
        "Nothing was sent: the credential is empty or has characters that no credential has, such as a space or a line break. Copy it again.",
      ),
    remedy: "signIn",
  },
};
