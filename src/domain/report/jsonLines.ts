import { countSeverities } from "./lines.ts";
import type { ReportedFinding } from "./reportedFinding.ts";
import { MARKED_COMMAND } from "./untrustedLine.ts";

/**
 * The findings as JSON, one object a line, and a line with their number by severity. The keys are a
 * contract with scripts.
 */
export function jsonLines(findings: readonly ReportedFinding[]): readonly string[] {
  return [
    ...findings.map(({ rule, severity, server, portal, kind, name, message, pointer }) =>
      jsonLine({ rule, severity, server, portal, kind, name, message, pointer }),
    ),
    jsonLine({ summary: countSeverities(findings) }),
  ];
}

/**
 * One line to whoever reads it, although JSON may have other ends of lines in a text. See
 * `untrustedLine` for `##`.
 */
function jsonLine(value: object): string {
  return JSON.stringify(value)
    .replace(MARKED_COMMAND, "#\\u0023")
    .replace(/[\u0085\u2028\u2029]/gu, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
