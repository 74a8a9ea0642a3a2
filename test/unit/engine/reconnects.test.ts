import { deepEqual, equal } from "node:assert/strict";
import { Reconnects } from "../../../src/engine/reconnects.ts";
import { type EmulatedClient, emulatedClient } from "../cloudflare/support/emulated.ts";
import { openSession } from "./support/openSession.ts";
import { accountId, withFolder } from "./support/storage.ts";

const HOUR = 3_600_000;

describe("Users of a portal who have to connect again", () => {
  let the: EmulatedClient;
  let now: number;
  beforeEach(async () => {
    the = await emulatedClient();
    now = Date.UTC(2026, 10, 28, 14, 5);
  });
  afterEach(() => the.close());

  async function openWindow(folder: string) {
    const { storage, store, session } = openSession(the.api, folder);
    const reconnects = new Reconnects(
      store,
      {
        file: (id) => storage.reconnects(id),
        onUnkept: (error) => {
          throw error;
        },
        now: () => now,
      },
      [],
    );
    await session.refresh();
    return {
      told: () =>
        [...reconnects.all].map(
          ([key, { at, isRecent }]) =>
            `${key.slice(accountId.length + 1)} ${new Date(at).toISOString().slice(11, 16)}${isRecent ? " recent" : ""}`,
        ),
      refresh: () => session.refresh(),
      kept: () => until(() => storage.reconnects(accountId)?.read() !== undefined),
      close: () => {
        reconnects.dispose();
        session.dispose();
      },
      end: () => storage.forget(accountId),
    };
  }

  const write = (patch: Readonly<Record<string, unknown>>) =>
    the.emulator.control.write({ server: "docs", patch });
  const alias = (text: string) =>
    write({ updated_tools: [{ name: "search_docs", alias: text }], updated_prompts: [] });

  it("are none after a first read, and of the portals that have the tool after a change", () =>
    withFolder(async (folder) => {
      const window = await openWindow(folder);
      deepEqual(window.told(), []);
      alias("find");
      await window.refresh();
      deepEqual(window.told(), ["engineering 14:05 recent"]);
      window.close();
      await window.end();
    }));

  it("are those since the last change of a description", () =>
    withFolder(async (folder) => {
      const window = await openWindow(folder);
      alias("find");
      await window.refresh();
      now += HOUR / 2;
      write({ updated_tools: [{ name: "search_docs", alias: "find", description: "Finds" }] });
      await window.refresh();
      deepEqual(window.told(), ["engineering 14:35 recent"]);
      window.close();
      await window.end();
    }));

  it("are none where a tool was only turned off, or one came", () =>
    withFolder(async (folder) => {
      const window = await openWindow(folder);
      write({ updated_tools: [{ name: "search_docs", enabled: false }] });
      await window.refresh();
      // Off, it has a name that nobody sees.
      write({ updated_tools: [{ name: "search_docs", enabled: false, alias: "find" }] });
      await window.refresh();
      write({ tools: [{ name: "other", description: "Other", inputSchema: { type: "object" } }] });
      await window.refresh();
      deepEqual(window.told(), []);
      window.close();
      await window.end();
    }));

  it("are told by the next window too, for a day, and as recent for an hour", () =>
    withFolder(async (folder) => {
      const first = await openWindow(folder);
      alias("find");
      await first.refresh();
      await first.kept();
      first.close();
      now += HOUR;
      const second = await openWindow(folder);
      deepEqual(second.told(), ["engineering 14:05"]);
      second.close();
      now += 23 * HOUR;
      const third = await openWindow(folder);
      deepEqual(third.told(), []);
      third.close();
      await third.end();
    }));

  it("have one time in two windows, of which one sees the change later", () =>
    withFolder(async (folder) => {
      const [one, other] = [await openWindow(folder), await openWindow(folder)];
      alias("find");
      await one.refresh();
      await one.kept();
      now += 60_000;
      await other.refresh();
      await until(() => other.told()[0] === "engineering 14:05 recent");
      equal(one.told()[0], other.told()[0]);
      one.close();
      other.close();
      await one.end();
      await other.end();
    }));
});

async function until(condition: () => boolean): Promise<void> {
  for (const end = performance.now() + 8000; !condition(); ) {
    equal(performance.now() < end, true, "not as expected in time");
    await new Promise((resolve) => setImmediate(resolve));
  }
}
