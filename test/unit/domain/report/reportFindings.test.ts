import { deepEqual, equal } from "node:assert/strict";
import type { Finding } from "../../../../src/domain/checks/finding.ts";
import { serverDocument } from "../../../../src/domain/documents/serverDocument.ts";
import { lineIndexOf } from "../../../../src/domain/report/region.ts";
import { pointerOf, reportFindings } from "../../../../src/domain/report/reportedFinding.ts";
import { server } from "../../support/servers.ts";

const text = serverDocument(
  server({ toolOverrides: [{ name: "search", description: "Finds a pa\u200bge" }] }),
).text;

function found(changes: Partial<Finding> = {}): Finding {
  return {
    rule: "name/over-64",
    severity: "warning",
    message: "Long.",
    path: ["tools", "search", "description"],
    subject: { kind: "tool", name: "search" },
    ...changes,
  };
}

describe("The findings of a report", () => {
  const file = { path: "servers/docs.mcp-server.json", text };

  it("have the line of the property that they are about", () => {
    const [reported] = reportFindings([{ server: "docs", finding: found() }], () => file);
    const line = text.split("\n")[(reported?.file?.region.startLine ?? 0) - 1] ?? "";
    equal(line.trim().startsWith('"search"'), true, line);
    equal(line.slice((reported?.file?.region.startColumn ?? 0) - 1).indexOf('"description"'), 0);
    equal(reported?.pointer, "/tools/search/description");
  });

  it("have the very characters that caused them", () => {
    const evidence = { text: "Finds a pa\u200bge", span: { offset: 10, length: 1 } };
    const [reported] = reportFindings(
      [{ server: "docs", finding: found({ evidence }) }],
      () => file,
    );
    const { startLine = 0, startColumn = 0, endColumn = 0 } = reported?.file?.region ?? {};
    const line = text.split("\n")[startLine - 1] ?? "";
    equal(line.slice(startColumn - 1, endColumn - 1), "\u200b");
  });

  it("name the portal, and the server of the mapping", () => {
    const [reported] = reportFindings(
      [{ portal: "eng", finding: found({ mapping: "docs", path: ["servers", "docs"] }) }],
      () => undefined,
    );
    deepEqual(reported, {
      rule: "name/over-64",
      severity: "warning",
      server: "docs",
      portal: "eng",
      kind: "tool",
      name: "search",
      message: "Long.",
      pointer: "/servers/docs",
    });
  });

  it("stand together by resource, the worst of each first", () => {
    const order = reportFindings(
      [
        { server: "docs", finding: found({ severity: "hint" }) },
        { server: "shop", finding: found({ severity: "warning" }) },
        { portal: "docs", finding: found({ severity: "information" }) },
        { server: "docs", finding: found({ severity: "error" }) },
      ],
      () => undefined,
    ).map(({ server: id, portal, severity }) => [id ?? portal, severity]);
    deepEqual(order, [
      ["docs", "error"],
      ["docs", "hint"],
      ["shop", "warning"],
      ["docs", "information"],
    ]);
  });
});

describe("A place in a text", () => {
  it("has lines and columns from 1, and the column after the last character", () => {
    const lines = lineIndexOf("ab\ncd\r\n\nx");
    const regions = [
      [0, 1],
      [3, 2],
      [1, 4],
      [8, 1],
      [9, 5],
    ].map(([offset = 0, length = 0]) => Object.values(lines.region({ offset, length })));
    deepEqual(regions, [
      [1, 1, 1, 2],
      [2, 1, 2, 3],
      [1, 2, 2, 3],
      [4, 1, 4, 2],
      [4, 2, 4, 2],
    ]);
  });

  it("has a pointer in which a name may have every character", () =>
    equal(pointerOf(["tools", "a/b~c", ""]), "/tools/a~1b~0c/"));
});
