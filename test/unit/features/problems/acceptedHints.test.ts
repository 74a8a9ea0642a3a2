import { deepEqual, equal, match } from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Server } from "../../../../src/domain/servers/server.ts";
import { MachineStorage } from "../../../../src/engine/files/accountStorage.ts";
import { AcceptedHintsStore } from "../../../../src/features/problems/acceptedHints.ts";
import { capability, server } from "../../support/servers.ts";

const KEY = "mcpPortals.acceptedHints.a";

describe("the hints that were accepted", () => {
  let folder: string;
  let former: Map<string, unknown>;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "mcp-portals-hints-"));
    former = new Map();
  });
  afterEach(() => rm(folder, { recursive: true }));

  const place = () => join(folder, "accounts", "a", "acceptedHints.json");
  const kept = async (): Promise<unknown> => JSON.parse(await readFile(place(), "utf8"));
  async function keep(value: unknown): Promise<void> {
    await mkdir(dirname(place()), { recursive: true });
    await writeFile(place(), typeof value === "string" ? value : JSON.stringify(value));
  }

  /** Windows with a storage each, over the same folder. */
  function window(unkept: unknown[] = [], storage = openStorage()): AcceptedHintsStore {
    return new AcceptedHintsStore(
      (accountId) => storage.acceptedHints(accountId),
      {
        keys: () => [...former.keys()],
        get: (key: string) => structuredClone(former.get(key)),
        update: async (key, value) => {
          if (value === undefined) {
            former.delete(key);
          } else {
            former.set(key, structuredClone(value));
          }
        },
      },
      (error) => unkept.push(error),
    );
  }

  function openStorage(): MachineStorage {
    const storage = new MachineStorage(folder);
    storage.forAccount("a");
    return storage;
  }

  it("of two windows are all kept, of each tool as it was accepted last", async () => {
    const one = window();
    const other = window();
    for (const each of [one, other]) {
      each.learn("a", hinted({ search: true, find: true }));
      await each.save("a");
    }
    one.accept("a", hinted({ search: false, find: true }), new Set(["search"]));
    await one.save("a");
    other.accept("a", hinted({ search: false, find: false }), new Set(["find"]));
    await other.save("a");
    deepEqual(await kept(), {
      docs: [
        ["search", false, null],
        ["find", false, null],
      ],
    });
    equal(other.of("a", "docs")?.get("search")?.readOnly, false);
  });

  it("of a tool that another window has learnt before are as they were there", async () => {
    const one = window();
    const other = window();
    for (const each of [one, other]) {
      each.learn("a", hinted({}, "wiki"));
    }
    one.learn("a", hinted({ search: true }));
    other.learn("a", hinted({ search: false }));
    await one.save("a");
    await other.save("a");
    deepEqual(await kept(), { docs: [["search", true, null]] });
    equal(other.of("a", "docs")?.get("search")?.readOnly, true);
  });

  it("keep the object of a server for which nothing has changed", async () => {
    const one = window();
    one.learn("a", hinted({ search: true }));
    await one.save("a");
    const before = one.of("a", "docs");
    one.learn("a", hinted({ find: true }, "wiki"));
    await one.save("a");
    equal(one.of("a", "docs"), before);
  });

  for (const bad of [
    7,
    "docs",
    [1],
    { docs: 7 },
    { docs: [7, [], [1], ["search", "yes"]] },
    null,
    "{",
  ]) {
    it(`start over from ${JSON.stringify(bad)}, without an error`, async () => {
      await keep(bad);
      const one = window();
      one.learn("a", hinted({ find: true }));
      await one.save("a");
      equal(one.of("a", "docs")?.get("find")?.readOnly, true);
      equal(window().of("a", "docs")?.get("find")?.readOnly, true);
    });
  }

  it("move once from the global state, where an earlier version kept them", async () => {
    former.set(KEY, { docs: [["search", true, null]] });
    const one = window();
    equal(one.of("a", "docs")?.get("search")?.readOnly, true);
    one.learn("a", hinted({ search: false, find: true }));
    await one.save("a");
    deepEqual([...former.keys()], []);
    deepEqual(await kept(), {
      docs: [
        ["find", true, null],
        ["search", true, null],
      ],
    });
    former.set(KEY, { docs: [["search", false, null]] });
    equal(window().of("a", "docs")?.get("search")?.readOnly, true);
  });

  it("are gone after the sign-out, in the file and where they were before", async () => {
    former.set(KEY, {});
    const storage = openStorage();
    const one = window([], storage);
    one.learn("a", hinted({ search: true }));
    const saving = one.save("a");
    await storage.forget("a");
    one.forget("a");
    await saving;
    const left = async () =>
      (await readdir(folder, { recursive: true })).filter((name) => name !== "accounts");
    deepEqual([[...former.keys()], await left()], [[], []]);
    one.learn("a", hinted({ search: true }, "wiki"));
    await one.save("a");
    deepEqual(await left(), []);
  });

  it("are written by a window that ends", async () => {
    const one = window();
    one.learn("a", hinted({ search: true }));
    one.saveAll();
    deepEqual(await kept(), { docs: [["search", true, null]] });
  });

  it("that can't be written are told in words", async () => {
    await mkdir(place(), { recursive: true });
    const unkept: unknown[] = [];
    const one = window(unkept);
    one.learn("a", hinted({ search: true }));
    await one.save("a");
    match(
      String(unkept),
      /^StorageError: The accepted hints of tools couldn't be stored in .*acceptedHints\.json: a folder is in the file's place\./u,
    );
    equal(one.of("a", "docs")?.get("search")?.readOnly, true);
  });
});

function hinted(tools: Readonly<Record<string, boolean>>, id = "docs"): Server {
  return server({
    id,
    tools: Object.entries(tools).map(([name, readOnlyHint]) => {
      const made = capability("tool", name);
      return { ...made, source: { ...made.source, annotations: { readOnlyHint } } };
    }),
  });
}
