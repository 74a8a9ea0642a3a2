import { deepEqual, equal } from "node:assert/strict";
import { costView } from "../../../src/domain/cost/composeCostView.ts";
import { actionOf } from "../../../src/pages/cost/keys.ts";
import { readSubject, readToExtension, readToPage } from "../../../src/pages/cost/protocol.ts";

describe("the keys of the page of costs", () => {
  const press = (key: string, held: Partial<Parameters<typeof actionOf>[0]> = {}) =>
    actionOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

  it("move, select, show and clear", () => {
    deepEqual(
      ["ArrowLeft", "ArrowDown", " ", "Enter", "Escape", "Home", "End"].map((key) => press(key)),
      ["left", "down", "toggle", "reveal", "clear", "largest", "smallest"],
    );
    equal(press("a", { ctrlKey: true }), "selectAll");
    equal(press("a", { metaKey: true }), "selectAll");
  });

  it("are VS Code's where they mean nothing here", () => {
    deepEqual(
      [
        press("a"),
        press("Tab"),
        press("ArrowLeft", { altKey: true }),
        press("Enter", { shiftKey: true }),
        press("ArrowDown", { ctrlKey: true }),
        press("constructor"),
      ],
      Array(6).fill(undefined),
    );
  });
});

describe("what the page of costs and the extension say to each other", () => {
  it("is read where it is known", () => {
    const tools = ["docs/search"];
    deepEqual(readToExtension({ type: "setEnabled", tools, enabled: false }), {
      type: "setEnabled",
      tools,
      enabled: false,
    });
    const message = {
      type: "cost",
      name: "Docs",
      kind: "server",
      canChange: true,
      view: costView([], false, { ofText: () => 1, ofTool: () => 1 }),
      calls: { state: "loading" },
    };
    deepEqual(readToPage(message), message);
  });

  it("is ignored where it isn't", () => {
    for (const value of [
      undefined,
      null,
      "setEnabled",
      { type: "setEnabled", tools: ["docs/search"] },
      { type: "setEnabled", tools: [7], enabled: false },
      { type: "reveal", tool: "docs/search" },
      { type: "run", command: "workbench.action.quit" },
    ]) {
      equal(readToExtension(value), undefined);
    }
  });

  it("names what a page is about, also after a restart", () => {
    const portal = { kind: "portal", accountId: "a", portalId: "main" };
    deepEqual(readSubject(portal), portal);
    for (const value of [undefined, {}, { kind: "portal", accountId: "a" }, { kind: "tool" }]) {
      equal(readSubject(value), undefined);
    }
  });
});
