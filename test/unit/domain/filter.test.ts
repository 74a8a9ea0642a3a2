import { deepEqual, equal } from "node:assert/strict";
import type { CapabilityKind } from "../../../src/domain/catalogue/capability.ts";
import type { Finding, Severity } from "../../../src/domain/checks/finding.ts";
import { type FilterKind, filterServer } from "../../../src/domain/filter.ts";
import type { Server } from "../../../src/domain/servers/server.ts";
import { capability, server } from "../support/servers.ts";

const docs = server({
  toolOverrides: [
    { name: "search", alias: "find" },
    { name: "delete_page", enabled: false },
  ],
  promptOverrides: [{ name: "summarise", enabled: false, description: "Ours" }],
});

const finding = (
  subject?: readonly [CapabilityKind, string],
  severity: Severity = "warning",
): Finding => ({
  rule: "name/cursor-60",
  severity,
  message: "Too long",
  path: [],
  ...(subject && { subject: { kind: subject[0], name: subject[1] } }),
});

function left(
  of: Server,
  kinds: readonly FilterKind[],
  findings: readonly Finding[] = [],
): readonly string[] | undefined {
  const { tools, prompts, count, isShown } = filterServer(of, new Set(kinds), findings);
  equal(count, tools.length + prompts.length);
  return isShown ? [...tools, ...prompts].map(({ name }) => name) : undefined;
}

describe("a filter", () => {
  it("lets everything through when it is empty", () =>
    deepEqual(left(docs, []), ["search", "delete_page", "summarise"]));

  it("lets through what is disabled", () =>
    deepEqual(left(docs, ["disabled"]), ["delete_page", "summarise"]));

  it("lets through what is overridden", () =>
    deepEqual(left(docs, ["overridden"]), ["search", "summarise"]));

  it("lets through what is of any of its kinds", () =>
    deepEqual(left(docs, ["disabled", "overridden"]), ["search", "delete_page", "summarise"]));

  it("lets through what has problems other than hints, and a tool without the prompt of its name", () => {
    const both = server({
      tools: [capability("tool", "same"), capability("tool", "__proto__")],
      prompts: [capability("prompt", "same")],
    });
    deepEqual(left(both, ["problems"], [finding(["tool", "same"])]), ["same"]);
    deepEqual(left(both, ["problems"], [finding(["tool", "__proto__"])]), ["__proto__"]);
    equal(left(both, ["problems"], [finding(["tool", "same"], "hint")]), undefined);
    equal(left(both, ["disabled"], [finding(["tool", "same"])]), undefined);
  });

  it("lets through a server with problems of its own, without its tools", () => {
    deepEqual(left(docs, ["problems"], [finding()]), []);
    deepEqual(left(server({ status: "error" }), ["problems"]), []);
    equal(left(server({ status: "error" }), ["disabled"]), undefined);
    equal(left(docs, ["problems"]), undefined);
  });

  it("is applied again when its kinds, the findings or the server change", () => {
    equal(left(docs, ["problems"]), undefined);
    deepEqual(left(docs, ["problems"], [finding()]), []);
    deepEqual(left(docs, ["disabled"], [finding()]), ["delete_page", "summarise"]);
    deepEqual(left({ ...docs, toolOverrides: new Map() }, ["disabled"]), ["summarise"]);
  });
});
