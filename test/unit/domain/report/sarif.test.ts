import { deepEqual, equal, ok } from "node:assert/strict";
import { CHECKS } from "../../../../src/domain/checks/rules.ts";
import type { ReportedFinding } from "../../../../src/domain/report/reportedFinding.ts";
import { sarifOf } from "../../../../src/domain/report/sarif.ts";
import { Dice } from "../../engine/support/dice.ts";
import { finding, unplaced } from "./support/findings.ts";
import { HOSTILE_TEXTS, hostileText } from "./support/hostile.ts";
import { isSarif } from "./support/sarifSchema.ts";

function logOf(findings: readonly ReportedFinding[]) {
  const text = sarifOf(findings, {
    version: "1.2.3",
    titleOf: (rule) => (rule === "name/over-64" ? "A long name. Warning." : undefined),
    hash: (identity) => `#${identity}`,
  });
  ok(isSarif(JSON.parse(text)), JSON.stringify(isSarif.errors));
  return JSON.parse(text);
}

function resultsOf(findings: readonly ReportedFinding[]) {
  return logOf(findings).runs[0].results;
}

describe("A report as SARIF 2.1.0", () => {
  it("is valid for a finding of every rule, in a file and without one", () => {
    const findings = CHECKS.flatMap(({ id, severity }) => [
      finding({ rule: id, severity }),
      unplaced({ rule: id, severity, portal: "eng" }),
    ]);
    const { rules } = logOf(findings).runs[0].tool.driver;
    deepEqual(
      rules.map(({ id }: { readonly id: string }) => id),
      CHECKS.map(({ id }) => id).sort(),
    );
  });

  it("is valid where there is nothing to tell", () => deepEqual(resultsOf([]), []));

  it("is refused by the schema where it is wrong, so that the schema proves something", () => {
    const log = logOf([finding()]);
    log.runs[0].results[0].level = "information";
    equal(isSarif(log), false);
  });

  it("tells the rule, the level, the words, the file and the region", () => {
    const [result] = resultsOf([finding()]);
    equal(result.ruleId, "name/over-64");
    equal(result.level, "warning");
    equal(result.message.text, "server docs, tool search: Its name is long.");
    deepEqual(result.locations[0].physicalLocation, {
      artifactLocation: { uri: "servers/docs.mcp-server.json" },
      region: { startLine: 7, startColumn: 5, endLine: 7, endColumn: 13 },
    });
    deepEqual(result.locations[0].logicalLocations, [
      { kind: "resource", name: "docs" },
      { kind: "member", name: "search" },
    ]);
  });

  it("describes each rule once, with its title and its own level", () => {
    const found = [finding({ severity: "error" }), finding(), finding({ rule: "portal/empty" })];
    deepEqual(logOf(found).runs[0].tool.driver.rules, [
      {
        id: "name/over-64",
        shortDescription: { text: "A long name. Warning." },
        defaultConfiguration: { level: "warning" },
        properties: { tags: ["name"] },
      },
      {
        id: "portal/empty",
        defaultConfiguration: { level: "note" },
        properties: { tags: ["portal"] },
      },
    ]);
  });

  it("places what has no file in the one that pull would write", () => {
    const uris = resultsOf([
      unplaced(),
      unplaced({ portal: "eng" }),
      unplaced({ server: "a b/ü" }),
    ]).map(
      (result: {
        readonly locations: readonly [
          { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } },
        ];
      }) => result.locations[0].physicalLocation.artifactLocation.uri,
    );
    deepEqual(uris, [
      "servers/docs.mcp-server.json",
      "portals/eng.mcp-portal.json",
      "servers/a%2520b%252F%25C3%25BC.mcp-server.json",
    ]);
  });

  it("gives a finding the same fingerprint when its words, line and severity change", () => {
    const fingerprint = (each: ReportedFinding) => resultsOf([each])[0].partialFingerprints;
    const before = fingerprint(finding());
    const after = finding({ message: "Otherwise.", severity: "error" });
    deepEqual(
      fingerprint({ ...after, file: { path: "moved.json", region: regionOf(90) } }),
      before,
    );
    for (const changes of [{ name: "other" }, { server: "shop" }, { rule: "portal/empty" }]) {
      const other = fingerprint(finding(changes));
      ok(other["mcpPortalsFinding/v1"] !== before["mcpPortalsFinding/v1"]);
    }
  });

  it("gives two findings of one place different fingerprints", () => {
    const [one, other] = resultsOf([finding(), finding({ message: "Another." })]);
    ok(
      one.partialFingerprints["mcpPortalsFinding/v1"] !==
        other.partialFingerprints["mcpPortalsFinding/v1"],
    );
  });

  it("has no link and no placeholder of an upstream's making", () => {
    const [result] = resultsOf([finding({ message: "See [here](https://evil.example) {0}" })]);
    equal(result.message.text, "server docs, tool search: See [here] (https://evil.example) {{0}}");
  });

  it("is valid whatever an upstream wrote", () => {
    const dice = new Dice(7);
    const texts = [...HOSTILE_TEXTS, ...Array.from({ length: 200 }, () => hostileText(dice))];
    resultsOf(
      texts.flatMap((text) => [
        finding({ message: text, name: text }),
        unplaced({ server: text, portal: text, name: text }),
      ]),
    );
  });
});

function regionOf(line: number) {
  return { startLine: line, startColumn: 1, endLine: line, endColumn: 2 };
}
