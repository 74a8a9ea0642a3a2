import { deepEqual, rejects } from "node:assert/strict";
import { SerialQueue } from "../../../src/base/async.ts";

describe("a serial queue", () => {
  it("runs tasks one after the other, also after one that failed", async () => {
    const turns = new SerialQueue();
    const done: string[] = [];
    const gate = Promise.withResolvers<void>();
    const first = turns.run(async () => {
      await gate.promise;
      done.push("first");
    });
    const second = turns.run(() => Promise.reject(new Error("second")));
    const third = turns.run(async () => {
      done.push("third");
      return 3;
    });
    gate.resolve();
    await first;
    await rejects(second, /second/);
    deepEqual(await third, 3);
    deepEqual(done, ["first", "third"]);
  });
});
