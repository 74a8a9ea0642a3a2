import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { JournalEntry } from "../../../../src/domain/changes/journal.ts";
import { serverRef } from "../../../../src/domain/servers/serverKind.ts";
import { SERVER_SNAPSHOT } from "../../../../src/domain/servers/serverSnapshot.ts";
import { MachineStorage } from "../../../../src/engine/files/accountStorage.ts";
import { server } from "../../support/servers.ts";
import { withFolder } from "../support/storage.ts";

const account = "0123456789abcdef0123456789abcdef";
const write: JournalEntry = {
  kind: "write",
  id: "a",
  action: "a",
  window: "one",
  at: 1,
  ref: serverRef(account, "docs"),
  changes: [{ field: { of: undefined, key: "name" }, from: "Docs", to: "x".repeat(1000) }],
};
const many = Array.from({ length: 300 }, (_, index) =>
  server({ id: `s${index}`, description: "x".repeat(5000) }),
);

describe("what an account keeps on this machine", () => {
  it("is compacted when a session begins with a long journal, although nobody reads it", () =>
    withFolder(async (folder) => {
      const journal = new MachineStorage(folder).forAccount(account).journal;
      await journal.append(Array.from({ length: 1000 }, () => write));
      new MachineStorage(folder).forAccount(account);
      const old = () => readdir(join(folder, "accounts", account));
      while (!(await old()).includes("journal.jsonl.old")) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }));

  it("is gone for good when it is forgotten while something is being written", () =>
    withFolder(async (folder) => {
      const storage = new MachineStorage(folder);
      const { locks, journal, snapshots } = storage.forAccount(account);
      const cache = snapshots(SERVER_SNAPSHOT);
      const [begun, freed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const writing = locks.run("server:docs", async () => {
        begun.resolve();
        await freed.promise;
        await journal.append([write]);
      });
      const next = locks.run("server:docs", async () => undefined);
      const kept = cache.write({ at: 7, items: many });
      await begun.promise;
      const appended = journal.append([write]);
      await storage.forget(account);
      freed.resolve();
      await rejects(writing, { name: "AbortError" });
      await rejects(next, { name: "AbortError" });
      await Promise.all([kept, appended]);
      await cache.write({ at: 8, items: many });
      deepEqual(await readdir(join(folder, "accounts")), []);
    }));

  it("is forgotten as well where it was forgotten before, and opened meanwhile", () =>
    withFolder(async (folder) => {
      const storage = new MachineStorage(folder);
      const first = storage
        .forAccount(account)
        .snapshots(SERVER_SNAPSHOT)
        .write({ at: 7, items: many });
      const forgetting = storage.forget(account);
      const cache = storage.forAccount(account).snapshots(SERVER_SNAPSHOT);
      await Promise.all([first, forgetting]);
      let isOver = false;
      const second = cache.write({ at: 8, items: many }).then(() => {
        isOver = true;
      });
      await storage.forget(account);
      ok(isOver, "nothing is written any more");
      await second;
      equal((await readdir(join(folder, "accounts"))).length, 0);
    }));

  it("is reported once as not saved, and again after it could be saved in between", () =>
    withFolder(async (folder) => {
      const told: string[] = [];
      const snapshots = new MachineStorage(folder, ({ message }) => told.push(message))
        .forAccount(account)
        .snapshots(SERVER_SNAPSHOT);
      const place = join(folder, "accounts", account, "servers.json");
      const fail = () => rejects(snapshots.write({ at: 7, items: [] }), { name: "StorageError" });
      await mkdir(place, { recursive: true });
      await fail();
      await fail();
      equal(told.length, 1);
      await rm(place, { recursive: true });
      await snapshots.write({ at: 7, items: [] });
      await rm(place);
      await mkdir(place);
      await fail();
      equal(told.length, 2);
    }));

  it("stays in its folder, whatever an account's id is", () =>
    withFolder(async (folder) => {
      await writeFile(join(folder, "another's"), "");
      const storage = new MachineStorage(folder);
      for (const id of ["..", ".", "../x", "*", "%zz"]) {
        await storage.forAccount(id).journal.append([write]);
        await storage.forget(id);
      }
      deepEqual((await readdir(folder)).sort(), ["accounts", "another's"]);
      deepEqual(await readdir(join(folder, "accounts")), []);
    }));

  it("is reported when an edit's step can't be saved, with the place and the consequence", () =>
    withFolder(async (folder) => {
      const { journal } = new MachineStorage(folder).forAccount(account);
      const file = join(folder, "accounts", account, "journal.jsonl");
      await mkdir(file, { recursive: true });
      await rejects(journal.append([write]), {
        name: "StorageError",
        message: `The step that Undo needs couldn't be stored in ${file}: a folder is in the file's place. What can't be undone isn't sent.`,
      });
    }));
});
