import { deepEqual, equal, ok } from "node:assert/strict";
import { isRecord } from "../../../../src/base/json.ts";
import type { HoldMode } from "../../../../src/domain/review/held.ts";
import { Hold, type HoldOutcome } from "../../../../src/engine/review/hold.ts";
import { Reviews } from "../../../../src/engine/review/reviews.ts";
import type { Session } from "../../../../src/engine/session.ts";
import { findServer } from "../../../../src/engine/state.ts";
import { type EmulatedClient, emulatedClient } from "../../cloudflare/support/emulated.ts";
import { openSession } from "../support/openSession.ts";
import { accountId, withFolder } from "../support/storage.ts";

const LIMIT_MS = 8000;
const DOCS = { accountId, serverId: "docs" };
const NEW = { name: "delete_page", inputSchema: { type: "object" } };

describe("Holding back what nobody has accepted", () => {
  let the: EmulatedClient;
  beforeEach(async () => {
    the = await emulatedClient();
  });
  afterEach(() => the.close());

  function openWindow(folder: string, mode: HoldMode = "newAndChanged") {
    const { storage, store, session, close } = openSession(the.api, folder);
    const options = { baselines: (id: string) => storage.baselines(id), onUnkept: () => undefined };
    const reviews = new Reviews(store, options);
    let afterWrite: (() => Promise<void>) | undefined;
    const writing: Pick<Session, "save" | "operations"> = {
      operations: (kind) => session.operations(kind),
      save: async (changeSet, how) => {
        const result = await session.save(changeSet, how);
        await afterWrite?.();
        return result;
      },
    };
    const hold = new Hold(store, reviews, { mode: () => mode, session: () => writing });
    const told: HoldOutcome[] = [];
    hold.onDidHold((outcomes) => told.push(...outcomes));
    const waiting = () => reviews.snapshot.of(DOCS);
    return {
      session,
      told,
      looked: () => until(() => reviews.snapshot.baselineOf(DOCS) !== undefined),
      waiting,
      held: () => reviews.snapshot.baselineOf(DOCS)?.heldBack ?? [],
      isOn: (name: string) =>
        findServer(store.state, accountId, "docs")?.remote.toolOverrides.get(name)?.enabled !==
        false,
      accept: () => reviews.accept(DOCS, waiting()),
      acceptWithinWrite: () => {
        afterWrite = () => {
          afterWrite = undefined;
          return reviews.accept(DOCS, waiting());
        };
      },
      refresh: () => session.refresh(),
      leave: () => {
        hold.dispose();
        reviews.dispose();
        session.dispose();
      },
      close: async () => {
        hold.dispose();
        reviews.dispose();
        await close();
      },
    };
  }

  function docsTools(): readonly Readonly<Record<string, unknown>>[] {
    const [account] = the.emulator.control.state();
    const docs = account?.servers.find(({ id }) => id === "docs");
    return (docs?.tools ?? []).filter(isRecord);
  }

  function addTool(): void {
    the.emulator.control.write({ server: "docs", patch: { tools: [...docsTools(), NEW] } });
  }

  function describeSearch(description: string): void {
    const tools = docsTools().map((tool) =>
      tool["name"] === "search_docs" ? { ...tool, description } : tool,
    );
    the.emulator.control.write({ server: "docs", patch: { tools } });
  }

  const puts = () =>
    the.emulator.control
      .log()
      .filter(({ method }) => method === "PUT")
      .map(({ body }) => body);

  it("turns off what a read shows, tells it once, and turns it on when it is accepted", () =>
    withFolder(async (folder) => {
      const window = openWindow(folder);
      await window.refresh();
      await window.looked();
      addTool();
      describeSearch("Other");
      await window.refresh();
      await until(() => window.told.length > 0);
      equal(window.isOn("delete_page"), false);
      equal(window.isOn("search_docs"), false);
      deepEqual(
        window.told.flatMap(({ turnedOff }) => turnedOff.map(({ name }) => name)).toSorted(),
        ["delete_page", "search_docs"],
      );
      await window.refresh();
      equal(window.told.length, 1);
      await window.accept();
      await until(() => window.isOn("delete_page") && window.isOn("search_docs"));
      await until(() => window.held().length === 0);
      equal(puts().length, 2);
      await window.close();
    }));

  it("turns on what somebody accepts while it is still being turned off", () =>
    withFolder(async (folder) => {
      const window = openWindow(folder);
      await window.refresh();
      await window.looked();
      addTool();
      window.acceptWithinWrite();
      await window.refresh();
      await until(() => window.isOn("delete_page") && puts().length === 2);
      await until(() => window.held().length === 0);
      await window.close();
    }));

  it("does it once where two windows see the change at once", () =>
    withFolder(async (folder) => {
      const windows = [openWindow(folder), openWindow(folder)] as const;
      const [one, other] = windows;
      await Promise.all(windows.map((window) => window.refresh()));
      await Promise.all(windows.map((window) => window.looked()));
      addTool();
      await Promise.all(windows.map((window) => window.refresh()));
      await until(() => windows.every((each) => each.held().some(({ state }) => state === "off")));
      await until(() => windows.every((each) => !each.isOn("delete_page")));
      equal(puts().length, 1);
      equal(windows.flatMap(({ told }) => told).length, 1);

      await other.accept();
      await until(() => windows.every((each) => each.held().length === 0));
      await Promise.all(windows.map((window) => window.refresh()));
      ok(windows.every((each) => each.isOn("delete_page")));
      equal(puts().length, 2);
      other.leave();
      await one.close();
    }));

  it("leaves on what somebody turned on again, and undoes it as any edit", () =>
    withFolder(async (folder) => {
      const window = openWindow(folder);
      await window.refresh();
      await window.looked();
      addTool();
      await window.refresh();
      await until(() => window.told.length > 0);
      const step = await window.session.undoHistory.last();
      for (const write of step?.writes ?? []) {
        await window.session.undoHistory.undo(write);
      }
      await until(() => window.held().every(({ state }) => state === "left"));
      await window.refresh();
      ok(window.isOn("delete_page"));
      equal(window.told.length, 1);
      await window.close();
    }));

  it("is over after a restart as it was before, and accepting still turns on what was on", () =>
    withFolder(async (folder) => {
      const first = openWindow(folder);
      await first.refresh();
      await first.looked();
      addTool();
      await first.refresh();
      await until(() => first.held().some(({ state }) => state === "off"));
      first.leave();
      const second = openWindow(folder, "off");
      await second.refresh();
      await second.looked();
      await until(() => second.waiting().length > 0);
      equal(second.isOn("delete_page"), false);
      await second.accept();
      await until(() => second.isOn("delete_page"));
      await second.close();
    }));

  it("says once why nothing was turned off, and tries again when the server has changed", () =>
    withFolder(async (folder) => {
      const window = openWindow(folder);
      await window.refresh();
      await window.looked();
      addTool();
      the.emulator.control.switches({
        faults: [{ kind: "status", status: 400, match: { method: "PUT", count: 1 } }],
      });
      await window.refresh();
      await until(() => window.told.length > 0);
      ok(window.told[0]?.saved?.result.failure);
      deepEqual(window.told[0]?.turnedOff, []);
      await window.refresh();
      equal(window.told.length, 1);
      describeSearch("Other");
      await window.refresh();
      await until(() => window.told.length > 1);
      await window.close();
    }));

  it("sends nothing with a credential that may only read, and says so once", () =>
    withFolder(async (folder) => {
      const window = openWindow(folder);
      await window.refresh();
      await window.looked();
      window.session.updateAccess({ readOnly: true });
      addTool();
      await window.refresh();
      await until(() => window.told.length > 0);
      describeSearch("Other");
      await window.refresh();
      equal(window.told.length, 1);
      equal(window.told[0]?.failure, "readOnly");
      deepEqual(puts(), []);
      await window.close();
    }));

  it("says nothing of a server that was deleted before it could be read again", () =>
    withFolder(async (folder) => {
      const window = openWindow(folder);
      await window.refresh();
      await window.looked();
      addTool();
      the.emulator.control.switches({
        interventions: [
          {
            match: { method: "GET", path: "/servers/docs$", count: 1 },
            when: "before",
            write: { server: "docs", delete: true },
          },
        ],
      });
      await window.refresh();
      await until(() => the.emulator.control.log().some(({ status }) => status === 404));
      await window.refresh();
      deepEqual([window.told, puts()], [[], []]);
      await window.close();
    }));
});

/** Fails when it takes too long, and lets files and sockets go on between two looks. */
async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + LIMIT_MS;
  while (!condition()) {
    ok(performance.now() < end, "not as expected in time");
    await new Promise((resolve) => setImmediate(resolve));
  }
}
