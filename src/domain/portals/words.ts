import * as l10n from "@vscode/l10n";
import type { CodeMode } from "./portal.ts";

/** A policy in words. A policy that Cloudflare has added since stands for itself. */
export function codeModeInWords(mode: CodeMode): string {
  switch (mode) {
    case "off":
      return l10n.t("Off");
    case "opt_in":
      return l10n.t("Where a client asks for it");
    case "default_on":
      return l10n.t("On, unless a client turns it off");
    case "enforced":
      return l10n.t("On for every client");
    default:
      return mode;
  }
}
