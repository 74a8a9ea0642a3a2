import { deepEqual } from "node:assert/strict";
import { mock } from "node:test";
import { type Refresh, RefreshScheduler } from "../../../../src/editor/tree/refreshScheduler.ts";

const [docs, wiki] = ["docs", "wiki"];

describe("drawing rows again", () => {
  let drawn: Refresh<string>[];
  let redraw: RefreshScheduler<string>;
  beforeEach(() => {
    mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
    drawn = [];
    redraw = new RefreshScheduler(
      (row) => row,
      (what) => drawn.push(what),
    );
  });
  afterEach(() => {
    redraw.dispose();
    mock.timers.reset();
  });

  const pass = async (ms: number): Promise<void> => {
    mock.timers.tick(ms);
    await Promise.resolve();
  };

  it("happens once for all changes of a turn", async () => {
    redraw.schedule([docs]);
    redraw.schedule([]);
    redraw.schedule([wiki]);
    deepEqual(drawn, []);
    await pass(0);
    deepEqual(drawn, [[docs, wiki]]);
    redraw.schedule([docs]);
    redraw.schedule("all");
    redraw.flush();
    await pass(0);
    deepEqual(drawn.slice(1), ["all"]);
  });

  it("happens a moment later, once, for rows that have rows below them", async () => {
    redraw.noteActivity();
    redraw.whenQuiet([docs]);
    redraw.whenQuiet([wiki]);
    await pass(299);
    deepEqual(drawn, []);
    await pass(1);
    deepEqual(drawn, [[docs, wiki]]);
    await pass(10_000);
    deepEqual(drawn.length, 1);
  });

  for (const pause of [10, 200, 400, 900]) {
    it(`waits for clicks every ${pause} ms to stop`, async () => {
      redraw.noteActivity();
      await pass(pause);
      for (let turn = 0; turn < 10; turn += 1) {
        redraw.noteActivity();
        redraw.whenQuiet([docs]);
        await pass(pause / 2);
        // The saved value is read back.
        redraw.whenQuiet([docs]);
        await pass(pause / 2);
      }
      deepEqual(drawn, []);
      await pass(pause * 3 + 300);
      deepEqual(drawn.length, 1);
    });
  }

  it("doesn't wait for clicks after a pause", async () => {
    redraw.noteActivity();
    await pass(900);
    redraw.noteActivity();
    await pass(60_000);
    redraw.noteActivity();
    redraw.whenQuiet([docs]);
    await pass(300);
    deepEqual(drawn, [[docs]]);
  });
});
