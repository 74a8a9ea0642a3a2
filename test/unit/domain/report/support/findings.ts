import type { ReportedFinding } from "../../../../../src/domain/report/reportedFinding.ts";

/** A finding in a file, about a tool. */
export function finding(changes: Partial<ReportedFinding> = {}): ReportedFinding {
  return {
    rule: "name/over-64",
    severity: "warning",
    server: "docs",
    kind: "tool",
    name: "search",
    message: "Its name is long.",
    pointer: "/tools/search",
    file: {
      path: "servers/docs.mcp-server.json",
      region: { startLine: 7, startColumn: 5, endLine: 7, endColumn: 13 },
    },
    ...changes,
  };
}

/** The same without a place in a file. */
export function unplaced(changes: Partial<ReportedFinding> = {}): ReportedFinding {
  const { file: _, ...rest } = finding(changes);
  return rest;
}
