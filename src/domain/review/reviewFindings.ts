import * as l10n from "@vscode/l10n";
import { type Finding, ON_NAME, placeOf } from "../checks/finding.ts";
import type { FindingFilter } from "../checks/settings.ts";
import type { Server } from "../servers/server.ts";
import type { Baseline } from "./baseline.ts";
import { changesOf, type DefinitionChange } from "./changes.ts";
import { withNewFindings } from "./newFindings.ts";
import { changeInWords, impactInWords } from "./words.ts";

/** The rules of a report about what was accepted. The editor has a view for that. */
export const REVIEW_RULES = ["review/changed", "review/not-reviewed"] as const;

/**
 * What of a server isn't as somebody accepted it.
 * @param baseline undefined where nothing of the server is kept
 */
export function reviewFindings(
  server: Server,
  baseline: Baseline | undefined,
  filter: FindingFilter,
): readonly Finding[] {
  const changes = baseline === undefined ? [] : changesOf(baseline, server);
  return [
    ...withNewFindings(server, changes, filter).map(changeFinding),
    ...(baseline?.reviewed === true || isEmpty(server) ? [] : [notReviewed()]),
  ];
}

function changeFinding(change: DefinitionChange): Finding {
  const { kind, name } = change;
  const [rule] = REVIEW_RULES;
  return {
    rule,
    severity: "warning",
    message: l10n.t(
      "It isn't as it was accepted: {0}. {1}",
      changeInWords(change),
      impactInWords(change),
    ),
    subject: { kind, name },
    path: placeOf({ kind, name }),
  };
}

function notReviewed(): Finding {
  const [, rule] = REVIEW_RULES;
  const message = l10n.t("Nobody has accepted what this server offers.");
  return { rule, severity: "information", message, path: ON_NAME };
}

function isEmpty({ tools, prompts }: Server): boolean {
  return tools.length + prompts.length === 0;
}
