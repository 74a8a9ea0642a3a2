import type { Severity } from "../../domain/checks/finding.ts";
import { annotation } from "../../domain/report/annotations.ts";
import { jsonLines } from "../../domain/report/jsonLines.ts";
import { findingLine, summaryLine } from "../../domain/report/lines.ts";
import type { Waived } from "../../domain/report/waivers.ts";
import type { Output, Style } from "../output.ts";
import type { CheckOptions } from "./checkOptions.ts";

/** Writes what was found to the standard output. */
export function printReport(
  { findings, count }: Waived,
  format: CheckOptions["format"],
  output: Output,
): void {
  switch (format) {
    case "json":
      for (const line of jsonLines(findings)) {
        output.line(line);
      }
      return;
    case "github":
      for (const finding of findings) {
        output.line(annotation(finding));
      }
      output.line(summaryLine(findings, count));
      return;
    case "text":
      for (const finding of findings) {
        output.line(findingLine(finding), STYLES[finding.severity]);
      }
      output.line(summaryLine(findings, count));
  }
}

const STYLES: Readonly<Record<Severity, Style>> = {
  error: "red",
  warning: "yellow",
  information: "blue",
  hint: "dim",
};
