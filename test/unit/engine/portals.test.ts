import { deepEqual, equal, ok } from "node:assert/strict";
import { ApiError } from "../../../src/domain/apiError.ts";
import { wrapClient } from "../../../src/domain/cloudflareClient.ts";
import { mappedCapabilityField } from "../../../src/domain/portals/fields.ts";
import { portalKind, portalRef } from "../../../src/domain/portals/portalKind.ts";
import { PORTAL_SNAPSHOT } from "../../../src/domain/portals/portalSnapshot.ts";
import { MachineStorage } from "../../../src/engine/files/accountStorage.ts";
import { type EmulatedClient, emulatedClient } from "../cloudflare/support/emulated.ts";
import { openSession } from "./support/openSession.ts";
import { accountId, withFolder } from "./support/storage.ts";

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe("an account's portals", () => {
  let the: EmulatedClient;

  beforeEach(async () => {
    the = await emulatedClient();
  });
  afterEach(() => the.close());

  it("are listed with its servers, and a poll without news fires nothing", () =>
    withFolder(async (folder) => {
      const { store, session, portals, close } = openSession(the.api, folder);
      await session.refresh();
      deepEqual([...(portals()?.items.keys() ?? [])], ["engineering", "support"]);
      const before = portals();
      let fired = 0;
      store.onDidChange(() => {
        fired += 1;
      });
      await session.refresh();
      equal(fired, 0);
      equal(portals(), before);
      await close();
    }));

  it("share the capabilities of its servers, also after a sync that changed them", () =>
    withFolder(async (folder) => {
      const { store, session, portals, close } = openSession(the.api, folder);
      const isShared = () => {
        const server = store.state.accounts.get(accountId)?.collections.server.items.get("tickets");
        const mapped = portals()?.items.get("support")?.remote.mappings.get("tickets")?.server;
        return mapped !== undefined && mapped.tools === server?.remote.tools;
      };
      await session.refresh();
      ok(isShared());
      the.emulator.control.write({ server: "tickets", patch: { tools: [{ name: "only_one" }] } });
      await session.refresh();
      await session.refresh();
      ok(isShared());
      await close();
    }));

  it("are on screen in the next window before Cloudflare answers", () =>
    withFolder(async (folder) => {
      const first = openSession(the.api, folder);
      await first.session.refresh();
      const before = first.portals()?.items.get("engineering")?.remote;
      const offline = wrapClient(() => Promise.reject(new Error("nobody answers")));
      await until(async () => {
        const cache = new MachineStorage(folder).forAccount(accountId).snapshots(PORTAL_SNAPSHOT);
        return (await cache.read()) !== undefined;
      });
      const second = openSession(offline, folder);
      await until(async () => second.portals()?.items.size === 2);
      const restored = second.portals()?.items.get("engineering")?.remote;
      equal(restored?.hostname, before?.hostname);
      deepEqual(
        [...(restored?.mappings.values() ?? [])].map(({ toolOverrides }) => toolOverrides),
        [...(before?.mappings.values() ?? [])].map(({ toolOverrides }) => toolOverrides),
      );
      await first.close();
      await second.close();
    }));

  it("tell what a save removed beside its changes, and keep that in the journal", () =>
    withFolder(async (folder) => {
      const { session, close } = openSession(the.api, folder);
      await session.refresh();
      const field = mappedCapabilityField(
        "observability",
        { kind: "tool", name: "get_trace" },
        "enabled",
      );
      const alias = mappedCapabilityField(
        "observability",
        { kind: "tool", name: "export_traces" },
        "alias",
      );
      const changes = [{ field, from: true, to: false }];
      const { saved, lost } = await session.save({
        ref: portalRef(accountId, "engineering"),
        changes,
      });
      deepEqual(saved, changes);
      const gone = [{ field: alias, from: "download_traces", to: null }];
      deepEqual(lost, gone);
      const [entry] = (await session.undoHistory.last())?.writes ?? [];
      deepEqual(entry?.lost, gone);
      await close();
    }));

  it("are created and deleted as servers are", () =>
    withFolder(async (folder) => {
      const { session, portals, close } = openSession(the.api, folder);
      await session.refresh();
      const operations = session.operations(portalKind);
      await operations.create({ id: "team", name: "A team", hostname: "team.example.com" });
      deepEqual([...(portals()?.items.keys() ?? [])], ["team", "engineering", "support"]);
      await operations.delete("team");
      deepEqual([...(portals()?.items.keys() ?? [])], ["engineering", "support"]);
      await close();
    }));
});

describe("a refresh that is asked for while another runs", () => {
  it("fetches once more what that one had fetched in vain", () =>
    withFolder(async (folder) => {
      let lists = 0;
      const held = Promise.withResolvers<void>();
      const { store, session, close } = openSession(
        {
          ...wrapClient(() => Promise.reject(new Error("nobody asks"))),
          listServers: async () => {
            lists += 1;
            if (lists === 1) {
              throw new ApiError("down", { kind: "server", reason: "refused", status: 500 });
            }
            return { items: [], rejected: [] };
          },
          listPortals: async () => {
            await held.promise;
            return { items: [], rejected: [] };
          },
        },
        folder,
      );
      const load = () => store.state.accounts.get(accountId)?.collections.server.load.kind;
      const first = session.refresh();
      await until(async () => load() === "failed");
      const second = session.refresh();
      held.resolve();
      await Promise.all([first, second]);
      deepEqual([lists, load()], [2, "loaded"]);
      await close();
    }));
});
