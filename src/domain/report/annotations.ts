import type { Severity } from "../checks/finding.ts";
import { findingInWords } from "./lines.ts";
import type { ReportedFinding } from "./reportedFinding.ts";
import { untrustedLine } from "./untrustedLine.ts";

/**
 * A workflow command that makes an annotation. Source: GitHub's documentation, "Workflow commands for
 * GitHub Actions"; the characters that need an escape are those of the runner's ActionCommand.cs.
 */
export function annotation(finding: ReportedFinding): string {
  const { severity, rule, file } = finding;
  const place =
    file === undefined
      ? []
      : ([
          ["file", file.path],
          ["line", String(file.region.startLine)],
          ["endLine", String(file.region.endLine)],
          // A column means something to GitHub on a single line only.
          ...(file.region.startLine === file.region.endLine
            ? [
                ["col", String(file.region.startColumn)],
                ["endColumn", String(file.region.endColumn)],
              ]
            : []),
        ] as const);
  const properties = [...place, ["title", rule]].map(
    ([key = "", value = ""]) => `${key}=${escapedProperty(untrustedLine(value))}`,
  );
  const message = untrustedLine(findingInWords(finding));
  return `::${COMMANDS[severity]} ${properties.join(",")}::${escapedData(message)}`;
}

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "notice",
  hint: "notice",
};

function escapedData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
