import * as l10n from "@vscode/l10n";
import { about, listed } from "../../base/text.ts";
import type { CapabilityKind } from "../catalogue/capability.ts";
import type { Severity } from "../checks/finding.ts";
import type { ReportedFinding } from "./reportedFinding.ts";
import { untrustedLine } from "./untrustedLine.ts";

/**
 * A finding on one line, for people: `file:line:column: error: …`, as compilers write it, so that
 * editors and terminals find the place.
 */
export function findingLine(finding: ReportedFinding): string {
  const { severity, rule, file } = finding;
  const told = `${severityInWords(severity)}: ${findingInWords(finding)} [${rule}]`;
  return untrustedLine(
    file === undefined
      ? told
      : `${file.path}:${file.region.startLine}:${file.region.startColumn}: ${told}`,
  );
}

/** Gives "server docs, tool search: its name …". */
export function findingInWords(finding: ReportedFinding): string {
  const subject = subjectInWords(finding);
  return subject === "" ? finding.message : about(subject, finding.message);
}

function subjectInWords({ server, portal, kind, name }: ReportedFinding): string {
  return listed([
    ...(portal === undefined ? [] : [l10n.t("portal {0}", portal)]),
    ...(server === undefined ? [] : [l10n.t("server {0}", server)]),
    ...(kind === undefined || name === undefined ? [] : [capabilityInWords(kind, name)]),
  ]);
}

function capabilityInWords(kind: CapabilityKind, name: string): string {
  switch (kind) {
    case "tool":
      return l10n.t("tool {0}", name);
    case "prompt":
      return l10n.t("prompt {0}", name);
  }
}

function severityInWords(severity: Severity): string {
  switch (severity) {
    case "error":
      return l10n.t("error");
    case "warning":
      return l10n.t("warning");
    case "information":
      return l10n.t("information");
    case "hint":
      return l10n.t("hint");
  }
}

/** How many findings of each severity there are. */
export type SeverityCounts = Readonly<Record<Severity, number>>;

export function countSeverities(findings: readonly ReportedFinding[]): SeverityCounts {
  const of = (severity: Severity): number =>
    findings.filter((finding) => finding.severity === severity).length;
  return {
    error: of("error"),
    warning: of("warning"),
    information: of("information"),
    hint: of("hint"),
  };
}

/**
 * Gives "2 errors, 1 warning, 3 waived".
 * @param waived how many findings waivers left out
 */
export function summaryLine(findings: readonly ReportedFinding[], waived: number): string {
  const { error, warning, information, hint } = countSeverities(findings);
  const parts = [
    [error, error === 1 ? l10n.t("1 error") : l10n.t("{0} errors", error)],
    [warning, warning === 1 ? l10n.t("1 warning") : l10n.t("{0} warnings", warning)],
    [information, l10n.t("{0} information", information)],
    [hint, hint === 1 ? l10n.t("1 hint") : l10n.t("{0} hints", hint)],
    [waived, l10n.t("{0} waived", waived)],
  ] as const;
  const there = parts.filter(([count]) => count > 0).map(([, words]) => words);
  return there.length === 0 ? l10n.t("No problems.") : listed(there);
}
