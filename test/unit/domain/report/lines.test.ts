import { deepEqual, equal } from "node:assert/strict";
import { jsonLines } from "../../../../src/domain/report/jsonLines.ts";
import { findingLine, summaryLine } from "../../../../src/domain/report/lines.ts";
import { passes, TOLERATED } from "../../../../src/domain/report/threshold.ts";
import { finding, unplaced } from "./support/findings.ts";

describe("A finding on a line", () => {
  it("begins with file, line and column, as compilers write them", () =>
    equal(
      findingLine(finding()),
      "servers/docs.mcp-server.json:7:5: warning: server docs, tool search: Its name is long. [name/over-64]",
    ));

  it("begins with the severity where there is no file", () =>
    equal(
      findingLine({ rule: "portal/empty", severity: "error", portal: "eng", message: "Empty." }),
      "error: portal eng: Empty. [portal/empty]",
    ));

  it("is one line, however many the message has", () =>
    equal(
      findingLine(unplaced({ message: "One.\nIn Cloudflare's words: two" })),
      "warning: server docs, tool search: One. In Cloudflare's words: two [name/over-64]",
    ));
});

describe("The end of a report", () => {
  const severities = ["error", "warning", "warning", "information", "hint"] as const;
  const findings = severities.map((severity) => finding({ severity }));

  it("counts each severity, and what is waived", () =>
    equal(summaryLine(findings, 3), "1 error, 2 warnings, 1 information, 1 hint, 3 waived"));

  it("says that there is nothing", () => equal(summaryLine([], 0), "No problems."));

  it("is a line of its own in JSON", () =>
    deepEqual(
      jsonLines(findings.slice(0, 2)).map((line) => JSON.parse(line)),
      [
        {
          rule: "name/over-64",
          severity: "error",
          server: "docs",
          kind: "tool",
          name: "search",
          message: "Its name is long.",
          pointer: "/tools/search",
        },
        {
          rule: "name/over-64",
          severity: "warning",
          server: "docs",
          kind: "tool",
          name: "search",
          message: "Its name is long.",
          pointer: "/tools/search",
        },
        { summary: { error: 1, warning: 1, information: 0, hint: 0 } },
      ],
    ));

  it("passes what is no worse than what is tolerated", () => {
    const passed = TOLERATED.map((tolerated) => [
      tolerated,
      severities.filter((severity) => passes([finding({ severity })], tolerated)).length,
      passes([], tolerated),
    ]);
    deepEqual(passed, [
      ["none", 0, true],
      ["hint", 1, true],
      ["information", 2, true],
      ["warning", 4, true],
      ["error", 5, true],
    ]);
  });
});
