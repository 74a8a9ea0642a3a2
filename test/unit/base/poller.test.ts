import { deepEqual, equal, rejects } from "node:assert/strict";
import { mock } from "node:test";
import { Poller } from "../../../src/base/poller.ts";

/** Lets the reactions to settled promises run. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("the poller", () => {
  let runs: PromiseWithResolvers<boolean>[];
  let seconds: number;
  let poller: Poller;

  beforeEach(() => {
    mock.timers.enable({ apis: ["setTimeout", "Date"] });
    runs = [];
    seconds = 60;
    poller = new Poller(
      (signal) => {
        const run = Promise.withResolvers<boolean>();
        signal.addEventListener("abort", () => run.reject(signal.reason));
        runs.push(run);
        return run.promise;
      },
      () => seconds,
      Date.now,
    );
    poller.on();
  });
  afterEach(() => {
    poller.off();
    mock.timers.reset();
  });

  const end = async (good: boolean): Promise<void> => {
    runs.at(-1)?.resolve(good);
    await settle();
  };
  const runsAfter = async (ms: number): Promise<number> => {
    mock.timers.tick(ms);
    await settle();
    return runs.length;
  };

  it("runs a pause after the last run ended", async () => {
    equal(await runsAfter(59_999), 0);
    equal(await runsAfter(1), 1);
    equal(await runsAfter(600_000), 1);
    await end(true);
    equal(await runsAfter(59_999), 1);
    equal(await runsAfter(1), 2);
  });

  it("joins a run that is under way", async () => {
    const both = Promise.all([poller.now(), poller.now()]);
    await settle();
    equal(runs.length, 1);
    await end(true);
    await both;
  });

  it("waits twice as long after each failure, and as ever after a success", async () => {
    void poller.now();
    const pauses: number[] = [];
    for (const good of [false, false, false, false, false, true, true]) {
      await end(good);
      const count = runs.length;
      let waited = 0;
      while ((await runsAfter(60_000)) === count) {
        waited += 60;
      }
      pauses.push(waited + 60);
    }
    deepEqual(pauses, [120, 240, 480, 960, 960, 60, 60]);
  });

  it("runs at once when a shorter interval makes it due", async () => {
    seconds = 900;
    poller.reschedule();
    equal(await runsAfter(100_000), 0);
    seconds = 60;
    poller.reschedule();
    equal(await runsAfter(0), 1);
  });

  it("doesn't run by itself at an interval of 0", async () => {
    seconds = 0;
    poller.reschedule();
    equal(await runsAfter(10_000_000), 0);
  });

  it("waits as long as a timer can, and doesn't run at once, where the interval is longer", async () => {
    seconds = 3_000_000;
    poller.reschedule();
    equal(await runsAfter(1000), 0);
    equal(await runsAfter(2 ** 31), 1);
  });

  it("ends the run that is under way when it is switched off", async () => {
    const run = poller.now();
    poller.off();
    await rejects(run, { name: "AbortError" });
    equal(await runsAfter(10_000_000), 1);
  });
});
