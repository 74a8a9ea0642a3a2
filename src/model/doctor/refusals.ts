import * as l10n from "@vscode/l10n";
import type { FailureKind } from "../client/failure.ts";
import type { FailureAdvice } from "./failureAdvice.ts";

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
