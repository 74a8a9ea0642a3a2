import { deepEqual, equal, ok } from "node:assert/strict";
import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isRecord } from "../../../../src/base/json.ts";
import { baselineText } from "../../../../src/domain/review/baseline.ts";
import { changeInWords } from "../../../../src/domain/review/words.ts";
import type { BaselineStore } from "../../../../src/engine/ports.ts";
import { Reviews } from "../../../../src/engine/review/reviews.ts";
import type { ReadonlyStore } from "../../../../src/engine/store.ts";
import { type EmulatedClient, emulatedClient } from "../../cloudflare/support/emulated.ts";
import { openSession } from "../support/openSession.ts";
import { accountId, withFolder } from "../support/storage.ts";

const LIMIT_MS = 8000;

/** Fails when it takes too long, and lets files and sockets go on between two looks. */
async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + LIMIT_MS;
  while (!condition()) {
    ok(performance.now() < end, "not as expected in time");
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const DOCS = { accountId, serverId: "docs" };

describe("What waits for a review", () => {
  let the: EmulatedClient;
  beforeEach(async () => {
    the = await emulatedClient();
  });
  afterEach(() => the.close());

  function openWindow(
    folder: string,
    unkept: unknown[] = [],
    opened: (baselines: BaselineStore | undefined) => unknown = () => undefined,
  ) {
    const { storage, store, session, close } = openSession(the.api, folder);
    let comparisons = 0;
    const counting: ReadonlyStore = {
      get state() {
        return store.state;
      },
      onDidChange: store.onDidChange,
      onDidDiffer: store.onDidDiffer,
      derive: (first, compute) =>
        store.derive(first, (state, before) => {
          comparisons += 1;
          return compute(state, before);
        }),
    };
    const reviews = new Reviews(counting, {
      baselines: async (id) => {
        const baselines = await storage.baselines(id);
        await opened(baselines);
        return baselines;
      },
      onUnkept: (error) => unkept.push(error),
    });
    const changes = (serverId = "docs"): readonly string[] =>
      reviews.snapshot
        .of({ accountId, serverId })
        .map((change) => `${change.how} ${change.name}: ${changeInWords(change)}`);
    const looked = () => until(() => reviews.snapshot.baselineOf(DOCS) !== undefined);
    return {
      session,
      reviews,
      changes,
      looked,
      comparisons: () => comparisons,
      refresh: () => session.refresh(),
      close: async () => {
        reviews.dispose();
        await close();
      },
    };
  }

  function describeSearch(description: string): void {
    const [account] = the.emulator.control.state();
    const tools = account?.servers.find(({ id }) => id === "docs")?.tools ?? [];
    const changed = tools.map((tool) =>
      isRecord(tool) && tool["name"] === "search_docs" ? { ...tool, description } : tool,
    );
    the.emulator.control.write({ server: "docs", patch: { tools: changed } });
  }

  it("is nothing after a first look, which is stored as not reviewed", () =>
    withFolder(async (folder) => {
      const window = openWindow(folder);
      await window.refresh();
      await window.looked();
      deepEqual(window.changes(), []);
      equal(window.reviews.snapshot.baselineOf(DOCS)?.reviewed, false);
      const files = await readdir(join(folder, "accounts", accountId, "baseline"));
      ok(files.includes("docs.json"), String(files));
      await window.close();
    }));

  it("is what a later read differs in, until it is accepted, in every window", () =>
    withFolder(async (folder) => {
      const [one, other] = [openWindow(folder), openWindow(folder)];
      await Promise.all([one.refresh(), other.refresh()]);
      await Promise.all([one.looked(), other.looked()]);
      describeSearch("Searches by meaning.");
      await Promise.all([one.refresh(), other.refresh()]);
      for (const window of [one, other]) {
        deepEqual(window.changes(), ["changed search_docs: description"]);
      }
      await one.reviews.accept(DOCS, one.reviews.snapshot.of(DOCS));
      deepEqual(one.changes(), []);
      equal(one.reviews.snapshot.baselineOf(DOCS)?.reviewed, true);
      await until(() => other.changes().length === 0);
      // The folder is removed by the last one.
      other.reviews.dispose();
      other.session.dispose();
      await one.close();
    }));

  it("is what differs from the first read, however late the disk answers", () =>
    withFolder(async (folder) => {
      const disk = Promise.withResolvers<void>();
      const window = openWindow(folder, [], () => disk.promise);
      await window.refresh();
      describeSearch("Searches by meaning.");
      await window.refresh();
      disk.resolve();
      await window.looked();
      deepEqual(window.changes(), ["changed search_docs: description"]);
      await window.close();
    }));

  it("is looked up on the disk only for another catalogue", () =>
    withFolder(async (folder) => {
      let looks = 0;
      const window = openWindow(folder, [], (baselines) => {
        if (baselines !== undefined) {
          const { version } = baselines;
          Object.assign(baselines, {
            version: () => {
              looks += 1;
              return version.call(baselines);
            },
          });
        }
      });
      await window.refresh();
      await window.looked();
      describeSearch("Other");
      await window.refresh();
      await until(() => window.changes().length > 0);
      const before = looks;
      window.session.updateAccess({ readOnly: true });
      window.session.updateAccess({ readOnly: false });
      equal(looks, before);
      describeSearch("Another");
      await window.refresh();
      await until(() => looks > before);
      await window.close();
    }));

  it("is compared once after a look, however often the folder was seen to change during it", () =>
    withFolder(async (folder) => {
      const disk = Promise.withResolvers<void>();
      let seeChange: (() => void) | undefined;
      const window = openWindow(folder, [], (baselines) => {
        if (baselines !== undefined) {
          const { version, watch } = baselines;
          Object.assign(baselines, {
            version: async () => {
              await disk.promise;
              return version.call(baselines);
            },
            watch: (listener: () => void) => {
              seeChange = listener;
              return watch.call(baselines, listener);
            },
          });
        }
      });
      await window.refresh();
      await until(() => seeChange !== undefined);
      for (let change = 0; change < 50; change += 1) {
        seeChange?.();
      }
      const before = window.comparisons();
      disk.resolve();
      await window.looked();
      equal(window.comparisons() - before, 1);
      await window.close();
    }));

  it("is accepted as it was seen, not as it has become since", () =>
    withFolder(async (folder) => {
      const window = openWindow(folder);
      await window.refresh();
      await window.looked();
      describeSearch("Second");
      await window.refresh();
      const seen = window.reviews.snapshot.of(DOCS);
      describeSearch("Third");
      await window.refresh();
      await window.reviews.accept(DOCS, seen);
      deepEqual(window.changes(), ["changed search_docs: description"]);
      await window.close();
    }));

  it("of a baseline that a newer version wrote is nothing, and the file stays", () =>
    withFolder(async (folder) => {
      const file = join(folder, "accounts", accountId, "baseline", "docs.json");
      await mkdir(join(file, ".."), { recursive: true });
      await writeFile(file, '{"version":2}');
      const window = openWindow(folder);
      await window.refresh();
      const wiki = { accountId, serverId: "tickets" };
      await until(() => window.reviews.snapshot.baselineOf(wiki) !== undefined);
      describeSearch("Other");
      await window.refresh();
      deepEqual(window.changes(), []);
      equal(await readFile(file, "utf8"), '{"version":2}');
      await window.close();
    }));

  it("is compared with what was stored before this window opened", () =>
    withFolder(async (folder) => {
      const file = join(folder, "accounts", accountId, "baseline", "docs.json");
      await mkdir(join(file, ".."), { recursive: true });
      const at = new Date(0).toISOString();
      const accepted = { tools: new Map(), prompts: new Map(), reviewed: true, at };
      await writeFile(file, baselineText(accepted));
      const window = openWindow(folder);
      await window.refresh();
      await window.looked();
      ok(window.changes().includes("added search_docs: new"));
      await window.close();
    }));

  it("is kept in this window where the disk takes nothing, which is told once", () =>
    withFolder(async (folder) => {
      const unkept: unknown[] = [];
      const place = join(folder, "accounts", accountId);
      await mkdir(place, { recursive: true });
      // A file in the folder's place, since whoever runs this may be allowed to write everywhere.
      await writeFile(join(place, "baseline"), "");
      await chmod(join(place, "baseline"), 0o400);
      const window = openWindow(folder, unkept);
      await window.refresh();
      await window.looked();
      equal(unkept.length, 1);
      describeSearch("Other");
      await window.refresh();
      deepEqual(window.changes(), ["changed search_docs: description"]);
      await window.close();
    }));
});
