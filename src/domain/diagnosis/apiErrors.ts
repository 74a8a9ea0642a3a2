import * as l10n from "@vscode/l10n";
import { about } from "../../base/text.ts";
import {
  type ApiError,
  type ApiProblem,
  type FailureKind,
  type FailureReason,
  isApiError,
} from "../apiError.ts";
import { wireFieldInWords } from "../changes/fieldWords.ts";
import { withShownUrls } from "../servers/server.ts";
import { type Denial, denialOf } from "./denials.ts";

/**
 * A failure for people: what happened, what to do about it, and Cloudflare's own text where there
 * is one.
 */
export function describeFailure(error: ApiError): string {
  const said = inCloudflaresWords(error.problems);
  const sentence = adviceOn(error).message(error);
  return said === undefined ? sentence : `${sentence} ${said}`;
}

/** One sentence on any error, for wherever errors are shown. */
export function reasonOf(error: unknown): string {
  if (isApiError(error)) {
    return describeFailure(error);
  }
  return error instanceof Error ? error.message : String(error);
}

/** The remedy, for a button next to the sentence. */
export function failureRemedy(error: ApiError): FailureRemedy {
  return isHeldBack(error) ? "tryNow" : adviceOn(error).remedy;
}

/** True while this machine itself refuses to repeat the call, until a known time. */
export function isHeldBack(error: unknown): boolean {
  return isApiError(error) && error.kind === "rateLimit" && error.retryAt !== undefined;
}

function adviceOn({ kind, reason, subject, problems }: ApiError): FailureAdvice {
  if (reason === "refused") {
    const denial = kind === "auth" || kind === "forbidden" ? denialOf(problems) : undefined;
    return denial === undefined ? API_ERRORS[kind] : DENIALS[denial];
  }
  // A shape error without a subject doesn't come from the API, so it is treated like a foreign
  // page.
  const isForeign = reason === "wrongShape" && subject === undefined;
  const transportError = TRANSPORT_ERRORS[isForeign ? "notJson" : reason];
  const saysMore = transportError.hasStatus && (kind === "rateLimit" || kind === "server");
  return saysMore ? API_ERRORS[kind] : transportError;
}

/** Most problems that one message quotes. More of them rarely add anything. */
const shownProblems = 3;

/** What Cloudflare itself says of a failure; undefined where it says nothing. */
export function inCloudflaresWords(problems: readonly ApiProblem[]): string | undefined {
  const said = problems.slice(0, shownProblems).map(problemInWords).filter(Boolean);
  return said.length === 0 ? undefined : l10n.t("Cloudflare says: {0}", said.join("; "));
}

function problemInWords({ code, message, field }: ApiProblem): string {
  const text = withShownUrls(message).trim().slice(0, 300);
  const number = code === undefined ? "" : ` (${code})`;
  const words = `${text}${number}`.trim();
  return field === undefined || words === "" ? words : about(wireFieldInWords(field), words);
}

/** The one thing that helps when a call to the API failed. */
export type FailureRemedy =
  | "signIn"
  | "tryAgain"
  /** The wait that Cloudflare asked for isn't over, but a person may try before. */
  | "tryNow"
  | "refresh"
  | "setApiRoot"
  | "setProxy"
  | "showLog";

/** The sentence and the remedy for a failure. */
interface FailureAdvice {
  message(error: ApiError): string;
  readonly remedy: FailureRemedy;
}

interface TransportError extends FailureAdvice {
  /** The answer has a status. A status that explains the failure matters more than this entry. */
  readonly hasStatus?: true;
}

const API_ROOT = "mcpPortals.apiBaseUrl";
const PROXY = "http.proxy";

/** Failures without an answer, or with an answer that isn't the API's. */
export const TRANSPORT_ERRORS: Readonly<Record<Exclude<FailureReason, "refused">, TransportError>> =
  {
    dns: {
      message: () =>
        l10n.t("The API's address couldn't be looked up. Check the network connection."),
      remedy: "tryAgain",
    },
    connectionRefused: {
      message: () =>
        l10n.t("No connection to the API could be made. Check the network connection."),
      remedy: "tryAgain",
    },
    connectionLost: {
      message: () => l10n.t("The connection broke off before the answer was complete. Try again."),
      remedy: "tryAgain",
    },
    timeout: {
      message: () =>
        l10n.t("No complete answer came in time. Try again, or check the network connection."),
      remedy: "tryAgain",
    },
    tls: {
      message: () =>
        l10n.t(
          "The API's certificate couldn't be verified. Where a proxy inspects connections, its certificate has to be in the system's store.",
        ),
      remedy: "showLog",
    },
    proxy: {
      message: () =>
        l10n.t("The proxy didn't let the request through. Check the setting {0}.", PROXY),
      remedy: "setProxy",
    },
    html: {
      message: () =>
        l10n.t(
          "A web page came instead of an answer, as from a proxy or a network's sign-in page. Check the network, then the setting {0}.",
          API_ROOT,
        ),
      hasStatus: true,
      remedy: "setApiRoot",
    },
    notJson: {
      message: () =>
        l10n.t("The answer isn't one of Cloudflare's API. Check the setting {0}.", API_ROOT),
      hasStatus: true,
      remedy: "setApiRoot",
    },
    wrongShape: {
      message: ({ subject }) => l10n.t("The answer has an unexpected form at {0}.", subject ?? ""),
      hasStatus: true,
      remedy: "showLog",
    },
    tooLarge: {
      message: () =>
        l10n.t("The answer is larger than any that can be handled, so it was cut off."),
      remedy: "showLog",
    },
    redirect: {
      message: () =>
        l10n.t(
          "The API root points to another address, which a credential isn't sent to. Set {0} to the final address.",
          API_ROOT,
        ),
      remedy: "setApiRoot",
    },
    unsafeRoot: {
      message: () =>
        l10n.t(
          "Nothing was sent: {0} has to start with https, or with http on this machine.",
          API_ROOT,
        ),
      remedy: "setApiRoot",
    },
    badCredential: {
      message: () =>
        l10n.t(
          "Nothing was sent: the credential is empty or has characters that no credential has, such as a space or a line break. Copy it again.",
        ),
      remedy: "signIn",
    },
  };

const RATE_LIMIT: FailureAdvice = {
  message: ({ retryAt }) =>
    retryAt === undefined
      ? l10n.t("Cloudflare's rate limit is reached. Try again in a few minutes.")
      : l10n.t(
          "Cloudflare's rate limit is reached. Requests are sent again at {0}.",
          new Date(retryAt).toLocaleTimeString(undefined, { timeStyle: "medium" }),
        ),
  remedy: "tryAgain",
};

const AT_CLOUDFLARE: FailureAdvice = {
  message: ({ status, rayId }) => {
    const sentence =
      status === undefined
        ? l10n.t("The API is having trouble. Try again in a moment.")
        : l10n.t("The API is having trouble ({0}). Try again in a moment.", status);
    return rayId === undefined ? sentence : `${sentence} ${l10n.t("Ray ID: {0}.", rayId)}`;
  },
  remedy: "tryAgain",
};

/** Cloudflare knows the credential, and says why it doesn't accept it here. */
export const DENIALS: Readonly<Record<Denial, FailureAdvice>> = {
  location: {
    message: () =>
      l10n.t(
        "This credential may not be used from this network's address. Use another network, change the credential's IP filter at Cloudflare, or sign in with another one.",
      ),
    remedy: "tryAgain",
  },
  expired: {
    message: () => l10n.t("This credential has expired. Sign in with a valid one."),
    remedy: "signIn",
  },
  notYetValid: {
    message: () =>
      l10n.t("This credential isn't valid yet. Try again later, or sign in with another."),
    remedy: "signIn",
  },
  disabled: {
    message: () =>
      l10n.t(
        "This credential is disabled. Enable it in the dashboard, or sign in with another one.",
      ),
    remedy: "signIn",
  },
  otherAccount: {
    message: () =>
      l10n.t("This credential belongs to another account. Sign in with one of this account."),
    remedy: "signIn",
  },
  notEntitled: {
    message: () =>
      l10n.t("This account isn't entitled to MCP portals. Another credential won't help."),
    remedy: "showLog",
  },
};

/** Failures in which the API itself refused the request. */
export const API_ERRORS: Readonly<Record<FailureKind, FailureAdvice>> = {
  auth: {
    message: () => l10n.t("Cloudflare doesn't accept this credential. Sign in with a valid one."),
    remedy: "signIn",
  },
  forbidden: {
    message: () =>
      l10n.t(
        "This credential may not do that here. It needs the permission MCP Portals Read, and MCP Portals Write for changes, in an account that has MCP portals.",
      ),
    remedy: "signIn",
  },
  notFound: {
    message: () => l10n.t("It isn't at Cloudflare any more. Refresh to see what is."),
    remedy: "refresh",
  },
  conflict: {
    message: () => l10n.t("It clashes with what is there now. Refresh, then try again."),
    remedy: "refresh",
  },
  rateLimit: RATE_LIMIT,
  offline: {
    message: () => l10n.t("The request didn't get through in time. Try again."),
    remedy: "tryAgain",
  },
  invalid: {
    message: ({ problems, status }) =>
      problems.length === 0
        ? l10n.t("Cloudflare refused the request without saying why ({0}).", status ?? 0)
        : l10n.t("Cloudflare refused the request."),
    remedy: "showLog",
  },
  server: AT_CLOUDFLARE,
};
