import { deepEqual, equal } from "node:assert/strict";
import { applyWaivers, type Waiver } from "../../../../src/domain/report/waivers.ts";
import { finding } from "./support/findings.ts";

const path = "mcp-portals.waivers.json";
const region = { startLine: 3, startColumn: 5, endLine: 3, endColumn: 60 };

function waiver(changes: Partial<Waiver> = {}): Waiver {
  return { rule: "name/over-64", server: "docs", reason: "Only we use it.", region, ...changes };
}

function apply(waivers: readonly Waiver[], today = "2026-11-27", findings = [finding()]) {
  return applyWaivers(findings, waivers, { path, today });
}

describe("A waiver", () => {
  it("leaves out the problem of its rule, its server and its tool", () =>
    deepEqual(apply([waiver({ name: "search" })]), { findings: [], count: 1 }));

  it("without a name leaves out the rule's problems of all tools of the server", () => {
    const findings = [finding(), finding({ name: "other" }), finding({ server: "shop" })];
    const { findings: left, count } = apply([waiver()], undefined, findings);
    deepEqual(left, [finding({ server: "shop" })]);
    equal(count, 2);
  });

  it("of a portal leaves out nothing of another portal", () => {
    const [one, other] = [finding({ portal: "eng" }), finding({ portal: "sales" })];
    deepEqual(apply([waiver({ portal: "eng" })], undefined, [one, other]).findings, [other]);
  });

  for (const changes of [
    { rule: "name/cursor-60" },
    { server: "shop" },
    { portal: "eng" },
    { name: "other" },
  ]) {
    it(`of another ${Object.keys(changes).join()} leaves nothing out, and is told to be useless`, () => {
      const { findings, count } = apply([waiver(changes)]);
      deepEqual(
        findings.map(({ rule, file }) => [rule, file?.path, file?.region.startLine]),
        [
          ["name/over-64", "servers/docs.mcp-server.json", 7],
          ["waiver/useless", path, 3],
        ],
      );
      equal(count, 0);
    });
  }

  it("holds on its last day", () =>
    deepEqual(apply([waiver({ expires: "2026-11-27" })]).findings, []));

  it("doesn't hold on the day after, and says so", () => {
    const { findings } = apply([waiver({ expires: "2026-11-27" })], "2026-11-28");
    deepEqual(
      findings.map(({ rule, severity, message }) => [rule, severity, message]),
      [
        ["name/over-64", "warning", "Its name is long."],
        ["waiver/expired", "warning", "The waiver of name/over-64 expired on 2026-11-27."],
      ],
    );
  });

  it("that expired and fits nothing is told once, as one that can be removed", () =>
    deepEqual(
      apply([waiver({ name: "gone", expires: "2020-01-01" })], undefined, []).findings.map(
        ({ rule, message }) => [rule, message],
      ),
      [["waiver/useless", "The waiver of name/over-64 (gone) fits no problem. It can be removed."]],
    ));

  it("isn't useless where another one fits the same problem", () =>
    deepEqual(apply([waiver(), waiver({ name: "search" })]), { findings: [], count: 1 }));
});
