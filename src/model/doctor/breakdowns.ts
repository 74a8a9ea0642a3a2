import * as l10n from "@vscode/l10n";
import type { FailureReason } from "../client/failure.ts";
import type { FailureAdvice } from "./failureAdvice.ts";

interface Breakdown extends FailureAdvice {
  /** Somebody answered: where the status says what is going on, that counts for more. */
  readonly hasStatus?: true;
}

const API_ROOT = "mcpPortals.apiBaseUrl";
const PROXY = "http.proxy";

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
