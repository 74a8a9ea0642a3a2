import type * as vscode from "vscode";
import type { Finding, Severity } from "../../model/checks/finding.ts";
import { type Span, serverDocument } from "../../model/document/document.ts";
import type { Server } from "../../model/server/server.ts";
import { locateAll, MOST_PER_DOCUMENT } from "./located.ts";
import { mistakesIn } from "./mistakes.ts";

/** The problems of a text, where they stand in it. */
export interface Shown {
  readonly text: string;
  readonly problems: readonly ShownProblem[];
}

interface ShownProblem {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
}

const NONE: Shown = { text: "", problems: [] };

/** @param server undefined where it is gone */
export function shownInServer(server: Server | undefined, findings: readonly Finding[]): Shown {
  if (server === undefined || findings.length === 0) return NONE;
  const text = serverDocument(server);
  return { text, problems: located(text, findings) };
}

/** What keeps a document from being saved comes before what would be wrong after that. */
export function shownInDraft(
  draft: vscode.TextDocument,
  server: Server | undefined,
  findings: readonly Finding[],
): Shown {
  if (server === undefined) return NONE;
  const text = draft.getText();
  const mistakes = mistakesIn(draft, server, findings);
  const problems = [
    ...mistakes.map((mistake) => ({ ...mistake, severity: "error" as const })),
    ...located(text, findings),
  ];
  return { text, problems: problems.slice(0, MOST_PER_DOCUMENT) };
}

function located(text: string, findings: readonly Finding[]): readonly ShownProblem[] {
  return locateAll(text, findings).map(({ finding: { rule, severity, message }, span }) => ({
    code: rule,
    severity,
    message,
    span,
  }));
}
