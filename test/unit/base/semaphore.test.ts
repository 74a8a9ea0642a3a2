import { deepEqual, equal, rejects } from "node:assert/strict";
import { Semaphore } from "../../../src/base/semaphore.ts";

const never = new AbortController().signal;
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("slots", () => {
  it("are handed out up to the limit, in turn to all who wait", async () => {
    const slots = new Semaphore(() => 1);
    const served: string[] = [];
    const take = async (key: string): Promise<void> => {
      const release = await slots.take(key, never);
      served.push(key);
      await settle();
      release();
    };
    await Promise.all(["a", "a", "a", "b", "b", "c"].map(take));
    deepEqual(served, ["a", "a", "b", "c", "a", "b"]);
  });

  it("are handed out to 50,000 who wait within mocha's time limit", async () => {
    const slots = new Semaphore(() => 1);
    let served = 0;
    const take = async (): Promise<void> => {
      const release = await slots.take("a", new AbortController().signal);
      served += 1;
      release();
    };
    await Promise.all(Array.from({ length: 50_000 }, take));
    equal(served, 50_000);
  });

  it("follow a limit that changes", async () => {
    let limit = 1;
    const slots = new Semaphore(() => limit);
    let taken = 0;
    const take = async (): Promise<() => void> => {
      const release = await slots.take("a", never);
      taken += 1;
      return release;
    };
    const all = [take(), take(), take(), take()];
    await settle();
    equal(taken, 1);
    limit = 3;
    (await all[0])?.();
    await settle();
    equal(taken, 4);
  });

  it("aren't given to who gave up waiting", async () => {
    const slots = new Semaphore(() => 1);
    const release = await slots.take("a", never);
    const giveUp = new AbortController();
    const waiting = slots.take("a", giveUp.signal);
    giveUp.abort();
    await rejects(waiting, { name: "AbortError" });
    const next = slots.take("a", never);
    release();
    (await next)();
    await rejects(slots.take("a", giveUp.signal), { name: "AbortError" });
  });
});
