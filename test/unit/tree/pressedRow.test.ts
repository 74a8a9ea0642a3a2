import { deepEqual } from "node:assert/strict";
import type { Target } from "../../../src/contributions.ts";
import { Emitter } from "../../../src/store/emitter.ts";
import { PressedRow } from "../../../src/ui/tree/pressedRow.ts";

const ACCOUNT = "0123456789abcdef0123456789abcdef";
const docs: Target = { kind: "server", accountId: ACCOUNT, serverId: "docs" };
const wiki: Target = { kind: "server", accountId: ACCOUNT, serverId: "wiki" };
const tool: Target = { kind: "tool", accountId: ACCOUNT, serverId: "docs", name: "__proto__" };

describe("the row that a key was pressed on", () => {
  let pressed: PressedRow;
  let select: (...selection: readonly Target[]) => void;
  beforeEach(() => {
    const changed = new Emitter<{ readonly selection: readonly Target[] }>();
    pressed = new PressedRow({
      onDidChangeSelection: (listener) => changed.event(listener),
    });
    select = (...selection) => changed.fire({ selection });
  });

  it("is the one that came into the selection and went again", () => {
    select(docs);
    select(docs, tool);
    select(docs);
    deepEqual(pressed.row, tool);
  });

  it("is the one that went out of the selection and came back, as another object too", () => {
    select(docs, wiki);
    select(wiki);
    select(wiki, { ...docs });
    deepEqual(pressed.row, docs);
  });

  it("is none before a key was pressed, and none after a click elsewhere", () => {
    deepEqual(pressed.row, undefined);
    select(docs);
    select(wiki);
    deepEqual(pressed.row, undefined);
  });
});
