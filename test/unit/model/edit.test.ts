import { deepEqual, equal } from "node:assert/strict";
import { applyEdit, capabilityEdit, mergeEdits, planPatch } from "../../../src/model/edit.ts";
import { notTaken } from "../../../src/model/notTaken.ts";
import { capability, server } from "../support/servers.ts";

describe("an edit", () => {
  it("sends the whole array and no other key", () => {
    const current = server({
      toolOverrides: [
        { name: "vanished", alias: "old" },
        { name: "delete_page", enabled: false },
      ],
    });
    const edit = capabilityEdit([{ kind: "tool", name: "search", alias: "find" }]);
    deepEqual(planPatch(current, edit), {
      updated_tools: [
        { name: "search", alias: "find" },
        { name: "delete_page", enabled: false },
        { name: "vanished", alias: "old" },
      ],
    });
  });

  it("keeps what it doesn't know of an override", () => {
    const extra = { name: "search", enabled: false, priority: 7 };
    const current = server({ toolOverrides: [extra] });
    const edit = capabilityEdit([{ kind: "tool", name: "search", enabled: true }]);
    deepEqual(planPatch(current, edit), {
      updated_tools: [{ name: "search", enabled: true, priority: 7 }],
    });
  });

  it("drops an override that says nothing any more", () => {
    const current = server({ promptOverrides: [{ name: "summarise", alias: "sum" }] });
    const edit = capabilityEdit([
      { kind: "prompt", name: "summarise", alias: null, description: null },
    ]);
    deepEqual(planPatch(current, edit), { updated_prompts: [] });
  });

  it("plans nothing when everything is so already", () => {
    const current = server({ toolOverrides: [{ name: "search", alias: "find" }] });
    equal(
      planPatch(
        current,
        capabilityEdit([
          { kind: "tool", name: "search", alias: "find" },
          { kind: "tool", name: "delete_page", alias: null },
        ]),
      ),
      undefined,
    );
    equal(planPatch(current, { name: "Docs", secureWebGateway: false }), undefined);
  });

  it("clears the server's description with null", () => {
    deepEqual(planPatch(server(), { description: null }), { description: null });
  });

  it("takes a tool named __proto__ for what it is", () => {
    const current = server({ tools: [capability("tool", "__proto__")] });
    const edit = capabilityEdit([{ kind: "tool", name: "__proto__", enabled: false }]);
    deepEqual(planPatch(current, edit), {
      updated_tools: [{ name: "__proto__", enabled: false }],
    });
    equal(applyEdit(current, edit).toolOverrides.get("__proto__")?.enabled, false);
  });

  it("merges with a later one, field by field", () => {
    const earlier = capabilityEdit([
      { kind: "tool", name: "search", alias: "find", enabled: false },
    ]);
    const later = capabilityEdit([
      { kind: "tool", name: "search", enabled: true },
      { kind: "prompt", name: "summarise", alias: "sum" },
    ]);
    deepEqual(mergeEdits({ ...earlier, name: "One" }, { ...later, name: "Two" }), {
      name: "Two",
      tools: [{ name: "search", alias: "find", enabled: true }],
      prompts: [{ name: "summarise", alias: "sum" }],
    });
  });
});

describe("what Cloudflare didn't take", () => {
  const edit = {
    ...capabilityEdit([
      { kind: "tool", name: "search", alias: "find", enabled: false },
      { kind: "prompt", name: "summarise", description: null },
    ]),
    secureWebGateway: true,
  };

  it("is nothing when everything reads back as meant", () => {
    deepEqual(notTaken(edit, applyEdit(server(), edit)), []);
  });

  it("is each field that reads back otherwise, with what is there", () => {
    const readBack = server({
      toolOverrides: [{ name: "search", alias: "other" }],
      promptOverrides: [{ name: "summarise", description: "Short" }],
    });
    deepEqual(notTaken(edit, readBack), [
      { of: undefined, field: "switch", found: "false" },
      { of: { kind: "tool", name: "search" }, field: "alias", found: "other" },
      { of: { kind: "tool", name: "search" }, field: "enabled", found: "true" },
      { of: { kind: "prompt", name: "summarise" }, field: "description", found: "Short" },
    ]);
  });
});
