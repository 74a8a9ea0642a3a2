import { deepEqual } from "node:assert/strict";
import { mock } from "node:test";
import type { Target } from "../../../src/contributions.ts";
import { type Drawn, Redraw } from "../../../src/ui/tree/redraw.ts";

const row = (serverId: string): Target => ({ kind: "server", accountId: "a", serverId });
const [docs, wiki] = [row("docs"), row("wiki")];

describe("drawing rows again", () => {
  let drawn: Drawn[];
  let redraw: Redraw;
  beforeEach(() => {
    mock.timers.enable({ apis: ["setTimeout"] });
    drawn = [];
    redraw = new Redraw((what) => drawn.push(what));
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
    redraw.soon([docs]);
    redraw.soon([]);
    redraw.soon([wiki]);
    deepEqual(drawn, []);
    await pass(0);
    deepEqual(drawn, [[docs, wiki]]);
    redraw.soon([docs]);
    redraw.soon("all");
    redraw.flush();
    await pass(0);
    deepEqual(drawn.slice(1), ["all"]);
  });

  it("waits while somebody is at work, however long, and then happens once", async () => {
    for (let turn = 0; turn < 10; turn += 1) {
      redraw.whenQuiet([docs]);
      await pass(300);
      redraw.postpone();
      await pass(799);
    }
    deepEqual(drawn, []);
    await pass(1);
    deepEqual(drawn, [Array.from({ length: 10 }, () => docs)]);
    await pass(10_000);
    deepEqual(drawn.length, 1);
  });
});
