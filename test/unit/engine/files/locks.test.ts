import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { readlinkSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { FileLocks } from "../../../../src/engine/files/locks.ts";
import type { Lock } from "../../../../src/engine/ports.ts";
import { withFolder } from "../support/storage.ts";
import { uncaughtDuring } from "../support/uncaught.ts";

const quick = { pollMs: 1, heartbeatMs: 20, staleMs: 150 };

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

  it("doesn't hold up work on another server", () =>
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

  it("tells a window that was blocked that it has lost the lock", () =>
    withFolder(async (folder) => {
      // The first gives no heartbeat, like a window whose process is stopped.
      const still = new FileLocks(folder, { ...quick, heartbeatMs: 1_000_000 });
      const other = new FileLocks(folder, quick);
      await still.run("server", async (lock) => {
        equal(await lock.held(), true);
        await other.run("server", async () => equal(await lock.held(), false));
        equal(await lock.held(), false);
      });
      equal(await other.run("server", async () => "free"), "free");
    }));

  it("doesn't lose a task's result where it can't be kept alive or released", () =>
    withFolder(async (folder) => {
      const locks = new FileLocks(folder, { ...quick, heartbeatMs: 1 });
      const errors = await uncaughtDuring(async () => {
        const result = await locks.run("server", async () => {
          const [own = ""] = await readdir(folder);
          await rm(join(folder, own), { recursive: true });
          // Where a file is in the folder's place, the heartbeat fails with ENOTDIR.
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

  it("is taken at once from a window that was killed, by two that wait for it", () =>
    withFolder(async (folder) => {
      const child = fork(join(import.meta.dirname, "support", "holdLock.ts"), [folder], {
        execArgv: [],
      });
      await once(child, "message");
      const ended = once(child, "exit");
      const order: string[] = [];
      // A waiter that relied on heartbeats would wait for ever.
      const patient = { pollMs: 1, heartbeatMs: 20, staleMs: 1_000_000 };
      const waiting = ["one", "two"].map((name) =>
        new FileLocks(folder, patient).run("server", async () => order.push(name)),
      );
      child.kill("SIGKILL");
      await ended;
      await Promise.all(waiting);
      deepEqual(order.sort(), ["one", "two"]);
    }));

  for (const [whose, text] of [
    ["a process of another machine", `4194304 elsewhere ${namespace()}`],
    ["a process in another container", `4194304 ${hostname()} pid:[1]`],
    [
      "a process that is there, whosever its number was before",
      `${process.pid} ${hostname()} ${namespace()}`,
    ],
    ["nobody that can be read", "\0{"],
  ] as const) {
    it(`waits for the signs of life of ${whose}`, () =>
      withFolder(async (folder) => {
        const own = await ownFolder(folder);
        await removeAll(own);
        await writeFile(join(own, "5"), text);
        const began = performance.now();
        await new FileLocks(folder, quick).run("server", async () => undefined);
        ok(performance.now() - began >= quick.staleMs);
      }));
  }

  it("is lost when its file or folder is taken away, and both windows' turns go on", () =>
    withFolder(async (folder) => {
      for (const remove of [removeAll, removeFolder]) {
        const one = new FileLocks(folder, quick);
        const held: boolean[] = [];
        const look = async (lock: Lock) => void held.push(await lock.held());
        await one.run("server", async (lock) => {
          await look(lock);
          await remove(await ownFolder(folder));
          await look(lock);
          await new FileLocks(folder, quick).run("server", async (other) => {
            await look(other);
            await look(lock);
          });
          await look(lock);
        });
        deepEqual(held, [true, false, true, false, false]);
      }
    }));

  it("isn't released by a window that lost it, when numbering has started over", () =>
    withFolder(async (folder) => {
      const freed = Promise.withResolvers<void>();
      const taken = Promise.withResolvers<void>();
      let second: Promise<void> | undefined;
      await new FileLocks(folder, quick).run("server", async () => {
        await removeFolder(await ownFolder(folder));
        second = new FileLocks(folder, quick).run("server", async (lock) => {
          taken.resolve();
          await freed.promise;
          equal(await lock.held(), true);
        });
        await taken.promise;
      });
      let isInside = false;
      const third = new FileLocks(folder, quick).run("server", async () => {
        isInside = true;
      });
      await new FileLocks(folder, quick).run("another", async () => undefined);
      equal(isInside, false);
      freed.resolve();
      await Promise.all([second, third]);
    }));

  it("is made anew where its folder is taken away while somebody waits for it", () =>
    withFolder(async (folder) => {
      const own = await ownFolder(folder);
      const [taken, removed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const one = new FileLocks(folder, quick).run("server", () => {
        taken.resolve();
        return removed.promise;
      });
      await taken.promise;
      const other = new FileLocks(folder, quick).run("server", async () => "taken");
      await removeFolder(own);
      equal(await other, "taken");
      removed.resolve();
      await one;
    }));

  for (const name of [
    "9007199254740991",
    "1e3",
    "0x10",
    " 5",
    "-1",
    "",
    "Infinity",
    "99999999999999999999",
  ]) {
    it(`isn't kept by a file of the name "${name}" that somebody has put there`, () =>
      withFolder(async (folder) => {
        const own = await ownFolder(folder);
        await writeFile(join(own, name || "empty"), "");
        equal(await new FileLocks(folder, quick).run("server", (lock) => lock.held()), true);
      }));
  }

  it("isn't kept by folders with numbers for names", () =>
    withFolder(async (folder) => {
      const own = await ownFolder(folder);
      const [last = "1"] = await readdir(own);
      for (const number of [1, 2, 3, 7]) {
        await mkdir(join(own, String(Number(last) + number)));
      }
      await mkdir(join(own, "9007199254740991"));
      const locks = [new FileLocks(folder, quick), new FileLocks(folder, quick)];
      for (const each of [...locks, ...locks]) {
        equal(await each.run("server", (lock) => lock.held()), true);
      }
    }));

  it("that can't be taken is reported with its place and reason, and that nothing was sent", () =>
    withFolder(async (folder) => {
      const place = join(folder, "locks");
      await writeFile(place, "");
      await rejects(
        new FileLocks(place, quick).run("server", async () => undefined),
        ({ name, message, cause }: Error) => {
          equal(name, "StorageError");
          match(
            message,
            /^The lock that .* couldn't be kept in .*locks.*: a file is in the folder's place\. So nothing was sent/u,
          );
          return cause instanceof Error;
        },
      );
    }));
});

/** The folder with the turns of "server", after one turn. */
async function ownFolder(folder: string): Promise<string> {
  const before = await readdir(folder);
  if (before.length === 0) {
    await new FileLocks(folder, quick).run("server", async () => undefined);
  }
  const [own = ""] = await readdir(folder);
  return join(folder, own);
}

async function removeAll(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    await rm(join(folder, name), { recursive: true });
  }
}

/** Removes the folder, even while another process creates files in it. */
function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, maxRetries: 50, retryDelay: 1 });
}

function namespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}
