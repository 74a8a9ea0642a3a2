import { deepEqual, equal } from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { FileLocks } from "../../../../src/engine/files/locks.ts";
import { withFolder } from "../support/storage.ts";
import { uncaughtDuring } from "../support/uncaught.ts";

const quick = { look: 1, sign: 20, dead: 150 };

describe("a lock between windows", () => {
  it("lets them take turns, in this process and in others", () =>
    withFolder(async (folder) => {
      const windows = [new FileLocks(folder, quick), new FileLocks(folder, quick)];
      let inside = 0;
      let most = 0;
      const turn = async (locks: FileLocks) => {
        await locks.run("server", async () => {
          inside += 1;
          most = Math.max(most, inside);
          await new Promise((resolve) => setImmediate(resolve));
          inside -= 1;
        });
      };
      await Promise.all(
        Array.from({ length: 40 }, (_, index) => turn(windows[index % 2] ?? new FileLocks(folder))),
      );
      equal(most, 1);
    }));

  it("keeps nobody who waits for another server", () =>
    withFolder(async (folder) => {
      const one = new FileLocks(folder, quick);
      const two = new FileLocks(folder, quick);
      const order: string[] = [];
      const freed = Promise.withResolvers<void>();
      const held = one.run("a", () => freed.promise.then(() => order.push("a")));
      await two.run("b", async () => order.push("b"));
      freed.resolve();
      await held;
      deepEqual(order, ["b", "a"]);
    }));

  it("isn't held by a window that crashed", () =>
    withFolder(async (folder) => {
      const child = fork(join(import.meta.dirname, "support", "holdLock.ts"), [folder], {
        execArgv: [],
      });
      await once(child, "message");
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
      equal(await new FileLocks(folder, quick).run("server", async () => "mine"), "mine");
    }));

  it("tells who stood still that it isn't theirs any more", () =>
    withFolder(async (folder) => {
      // No sign of life comes from the first: so it is for one whose process is stopped.
      const still = new FileLocks(folder, { ...quick, sign: 1_000_000 });
      const other = new FileLocks(folder, quick);
      await still.run("server", async (lock) => {
        equal(await lock.held(), true);
        await other.run("server", async () => equal(await lock.held(), false));
        equal(await lock.held(), false);
      });
      equal(await other.run("server", async () => "free"), "free");
    }));

  it("doesn't take a task's result along where it can't be signed or released", () =>
    withFolder(async (folder) => {
      const locks = new FileLocks(folder, { ...quick, sign: 1 });
      const errors = await uncaughtDuring(async () => {
        const result = await locks.run("server", async () => {
          const [own = ""] = await readdir(folder);
          await rm(join(folder, own), { recursive: true });
          // Where a file stands in place of the folder, signing fails with ENOTDIR.
          await writeFile(join(folder, own), "");
          await new Promise((resolve) => setTimeout(resolve, 20));
          return "saved";
        });
        equal(result, "saved");
      });
      deepEqual(errors, []);
    }));

  it("is free again when a task fails", () =>
    withFolder(async (folder) => {
      const locks = new FileLocks(folder, quick);
      const failed = locks.run("server", () => Promise.reject(new Error("no")));
      equal(await failed.catch((error: Error) => error.message), "no");
      equal(await new FileLocks(folder, quick).run("server", async () => "free"), "free");
    }));
});
