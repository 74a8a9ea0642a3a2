import { deepEqual } from "node:assert/strict";
import { mock } from "node:test";
import { MessageChannel } from "node:worker_threads";
import { Emitter } from "../../../../src/base/emitter.ts";
import { FocusedRow } from "../../../../src/editor/tree/focusedRow.ts";

interface Row {
  readonly name: string;
}

const docs: Row = { name: "docs" };
const wiki: Row = { name: "wiki" };
const tool: Row = { name: "__proto__" };

describe("the row that a key was pressed on", () => {
  let pressed: FocusedRow<Row>;
  let select: (...selection: readonly Row[]) => void;
  beforeEach(() => {
    mock.timers.enable({ apis: ["setTimeout", "setImmediate"] });
    const changed = new Emitter<{ readonly selection: readonly Row[] }>();
    pressed = new FocusedRow(({ name }) => name, {
      onDidChangeSelection: (listener) => changed.event(listener),
    });
    select = (...selection) => changed.fire({ selection });
  });

  afterEach(() => {
    pressed.dispose();
    mock.timers.reset();
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
    select(tool);
    mock.timers.tick(200);
    select();
    deepEqual(pressed.consume(), undefined);
    select(tool);
    select();
    deepEqual(pressed.consume(), tool);
    deepEqual(pressed.consume(), undefined);
  });
});

describe("the row that a key was pressed on, where the process was blocked between its two changes", () => {
  it("is reported all the same, because the second change had arrived in time", async () => {
    const changed = new Emitter<{ readonly selection: readonly string[] }>();
    const pressed = new FocusedRow<string>((row) => row, {
      onDidChangeSelection: (listener) => changed.event(listener),
    });
    const { port1, port2 } = new MessageChannel();
    const arrived = new Promise((resolve) => port2.once("message", resolve));
    changed.fire({ selection: ["search"] });
    port1.postMessage("the second change");
    const end = performance.now() + 300;
    while (performance.now() < end) {
      // Nothing else runs in between.
    }
    await arrived;
    changed.fire({ selection: [] });
    deepEqual(pressed.consume(), "search");
    pressed.dispose();
    port1.close();
  });
});
