import * as l10n from "@vscode/l10n";
import { excerpt } from "../../../base/unseen.ts";
import { placeOf } from "../finding.ts";
import type { AccountRule } from "../rule.ts";
import { toolNames } from "./crossReference.ts";

/**
 * Finds a tool whose name differs from another one's only by characters that look the same. A
 * shared name is no finding. Source: Unicode TR 39, confusables.
 */
export const lookalike: AccountRule = {
  of: "account",
  id: "security/lookalike",
  severity: "error",
  fixes: ["disable"],
  index: toolNames,
  evaluate({ shown, evidence }, offers) {
    if (evidence !== undefined) {
      return undefined;
    }
    const [found] = offers.values();
    const [other] = found ?? [];
    if (other === undefined || other.shown === shown) {
      return undefined;
    }
    const { name } = other.shown;
    const subject = { kind: shown.kind, name: shown.name };
    return {
      message: l10n.t(
        "Its name looks like {0} of {1}, but is written in other characters.",
        excerpt(name, 0, name.length),
        other.server.name,
      ),
      subject,
      path: placeOf(subject),
    };
  },
};
