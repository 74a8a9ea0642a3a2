import { deepEqual, equal } from "node:assert/strict";
import { appendFile, mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import {
  type JournalEntry,
  lastAction,
  type WriteEntry,
} from "../../../../src/domain/changes/journal.ts";
import { serverRef } from "../../../../src/domain/servers/serverKind.ts";
import { FileJournal } from "../../../../src/engine/files/journal.ts";
import { FileLocks } from "../../../../src/engine/files/locks.ts";
import { withFolder } from "../support/storage.ts";

function write(id: string, window = "one", action = id): WriteEntry {
  const changes = [
    { field: { of: undefined, key: "name" }, from: "Docs", to: id },
    {
      field: { of: { kind: "tool", name: "__proto__" }, key: "enabled" },
      from: null,
      to: false,
    },
  ] as const;
  return { kind: "write", id, action, window, at: 1, ref: serverRef(ACCOUNT, "docs"), changes };
}

function open(folder: string): FileJournal {
  return new FileJournal({
    file: join(folder, "a", "journal.jsonl"),
    accountId: ACCOUNT,
    locks: new FileLocks(join(folder, "locks")),
  });
}

const ACCOUNT = "0123456789abcdef0123456789abcdef";

describe("the journal", () => {
  it("is the same for all windows, and after a restart", () =>
    withFolder(async (folder) => {
      const [one, two] = [open(folder), open(folder)];
      await Promise.all([one.append([write("a")]), two.append([write("b", "two")])]);
      const read = await open(folder).read();
      deepEqual(
        read.toSorted((x, y) => (x.id < y.id ? -1 : 1)),
        [write("a"), write("b", "two")],
      );
    }));

  it("loses no more than the line that a crash left half written", () =>
    withFolder(async (folder) => {
      const journal = open(folder);
      await journal.append([write("a")]);
      await appendFile(join(folder, "a", "journal.jsonl"), '\n{"kind":"write","id":"b","act');
      await journal.append([write("c")]);
      deepEqual(
        (await journal.read()).map(({ id }) => id),
        ["a", "c"],
      );
    }));

  it("reads what a version wrote that knew servers only", () =>
    withFolder(async (folder) => {
      const journal = open(folder);
      await journal.append([write("a")]);
      const { ref, ...old } = write("b");
      const line = `\n${JSON.stringify({ ...old, serverId: ref.id })}`;
      await appendFile(join(folder, "a", "journal.jsonl"), line);
      deepEqual(await journal.read(), [write("a"), write("b")]);
    }));

  it("keeps a field of a part within a part", () =>
    withFolder(async (folder) => {
      const within = { kind: "mapping", name: "docs" };
      const of = { kind: "tool", name: "__proto__", within };
      const changes = [{ field: { of, key: "enabled" }, from: null, to: false }];
      const entry = { ...write("a"), ref: { ...write("a").ref, kind: "portal" }, changes };
      await open(folder).append([entry]);
      deepEqual(await open(folder).read(), [entry]);
    }));

  it("forgets old steps and not the newest, however many there are", () =>
    withFolder(async (folder) => {
      const journal = open(folder);
      const many = Array.from({ length: 6000 }, (_, index) => write(`step ${index}`));
      await journal.append(many.slice(0, 5000));
      equal((await journal.read()).length, 5000);
      await journal.append(many.slice(5000));
      equal((await journal.read()).at(-1)?.id, "step 5999");
    }));

  it("begins a new file where it has become long, and keeps the old one", () =>
    withFolder(async (folder) => {
      const journal = open(folder);
      await journal.append([write("short")]);
      await journal.rotate();
      deepEqual(await readdir(join(folder, "a")), ["journal.jsonl"]);
      await journal.append(Array.from({ length: 5000 }, (_, index) => write(`step ${index}`)));
      await journal.rotate();
      deepEqual(await readdir(join(folder, "a")), ["journal.jsonl.old"]);
      equal((await journal.read()).length, 5001);
    }));

  it("is only long where no new file can be begun", () =>
    withFolder(async (folder) => {
      const journal = open(folder);
      await mkdir(join(folder, "a", "journal.jsonl.old", "in the way"), { recursive: true });
      await journal.append(Array.from({ length: 5000 }, (_, index) => write(`step ${index}`)));
      await journal.rotate();
      equal((await journal.read()).length, 5000);
    }));

  it("is for nobody else to read", () =>
    withFolder(async (folder) => {
      await open(folder).append([write("a")]);
      equal((await stat(join(folder, "a", "journal.jsonl"))).mode & 0o777, 0o600);
    }));

  it("gives a window its own last action, and then those of others", () => {
    const entries = [
      write("a", "two"),
      write("b", "one", "both"),
      write("c", "one", "both"),
      write("d", "two"),
    ];
    const ids = (more: readonly JournalEntry[]) =>
      lastAction([...entries, ...more], "one").map(({ id }) => id);
    const gone = (...all: readonly string[]) => all.map((id) => ({ kind: "void", id }) as const);
    deepEqual(ids([]), ["b", "c"]);
    deepEqual(ids(gone("c")), ["b"]);
    deepEqual(ids(gone("b", "c")), ["d"]);
    deepEqual(ids(gone("b", "c", "d")), ["a"]);
    deepEqual(ids(gone("a", "b", "c", "d")), []);
  });
});
