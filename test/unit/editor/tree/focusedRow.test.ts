import { deepEqual } from "node:assert/strict";
import { mock } from "node:test";
import { Emitter } from "../../../../src/base/emitter.ts";
import { FocusedRow } from "../../../../src/editor/tree/focusedRow.ts";
import type { Target } from "../../../../src/manifest.ts";

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const docs: Target = { kind: "server", accountId: ACCOUNT, serverId: "docs" };
const wiki: Target = { kind: "server", accountId: ACCOUNT, serverId: "wiki" };
const tool: Target = { kind: "tool", accountId: ACCOUNT, serverId: "docs", name: "__proto__" };

describe("the row that a key was pressed on", () => {
  let pressed: FocusedRow;
  let select: (...selection: readonly Target[]) => void;
  beforeEach(() => {
    const changed = new Emitter<{ readonly selection: readonly Target[] }>();
    pressed = new FocusedRow({
      onDidChangeSelection: (listener) => changed.event(listener),
    });
    select = (...selection) => changed.fire({ selection });
  });

  it("is the one that came into the selection and went again", () => {
    select(docs);
    select(docs, tool);
    select(docs);
    deepEqual(pressed.consume(), tool);
  });

  it("is the first that was ever pressed, with nothing selected", () => {
    select(tool);
    select();
    deepEqual(pressed.consume(), tool);
  });

  it("is the one that went out of the selection and came back, as another object too", () => {
    select(docs, wiki);
    select(wiki);
    select(wiki, { ...docs });
    deepEqual(pressed.consume(), docs);
  });

  it("is none before a key was pressed, and none after a click elsewhere", () => {
    deepEqual(pressed.consume(), undefined);
    select(docs);
    select(wiki);
    deepEqual(pressed.consume(), undefined);
  });

  it("is none when a click has emptied the selection, and each key is told once", () => {
    mock.timers.enable({ apis: ["Date"], now: 1_000_000 });
    select(tool);
    mock.timers.tick(200);
    select();
    deepEqual(pressed.consume(), undefined);
    mock.timers.reset();
    select(tool);
    select();
    deepEqual(pressed.consume(), tool);
    deepEqual(pressed.consume(), undefined);
  });
});
