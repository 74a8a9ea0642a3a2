import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Semaphore } from "../../src/base/semaphore.ts";
import { Catalogues } from "../../src/cloudflare/catalogues.ts";
import { Connector } from "../../src/cloudflare/connect.ts";
import { parsePortal } from "../../src/cloudflare/portals.ts";
import { parseServer } from "../../src/cloudflare/servers.ts";
import { mappedCapabilityField } from "../../src/domain/portals/fields.ts";
import type { Portal } from "../../src/domain/portals/portal.ts";
import { portalRef } from "../../src/domain/portals/portalKind.ts";
import { RESOURCES } from "../../src/domain/resources/kinds.ts";
import type { Server } from "../../src/domain/servers/server.ts";
import { type Emulator, startEmulator } from "../../src/emulator/start.ts";
import { MachineStorage } from "../../src/engine/files/accountStorage.ts";
import { Session } from "../../src/engine/session.ts";
import { Store } from "../../src/engine/store.ts";
import { changedPortalRows } from "../../src/features/portals/changedRows.ts";
import { wireServer } from "./catalogues.ts";
import { heapUsed, threadTime } from "./measures.ts";
import { compared, inTurn, type Result } from "./result.ts";

const SERVERS = 200;
const PORTALS = 50;
const SERVERS_OF_PORTAL = 20;
const TOOLS = 25;
const ROUNDS = 9;
/** As many servers as a portal may have. */
const LARGEST = 80;

/** What a large account's portals cost, and what one click in a large portal sends and draws. */
export async function benchPortals(): Promise<readonly Result[]> {
  const servers = JSON.stringify(Array.from({ length: SERVERS }, (_, at) => wireServer(at, TOOLS)));
  const portals = JSON.stringify(Array.from({ length: PORTALS }, (_, at) => wirePortal(at)));
  return [...(await listing(servers, portals)), memory(servers, portals), ...(await toggle())];
}

/** Every other server of a portal is an allowlist, with an entry for each tool. */
function wirePortal(index: number): unknown {
  return {
    id: `portal-${index}`,
    name: `Portal ${index}`,
    hostname: `portal-${index}.example.com`,
    code_mode: "opt_in",
    servers: Array.from({ length: SERVERS_OF_PORTAL }, (_, at) => {
      const server = wireServer((index * SERVERS_OF_PORTAL + at) % SERVERS, TOOLS) as WireServer;
      const isAllowlist = at % 2 === 1;
      return {
        ...server,
        server_id: server.id,
        default_disabled: isAllowlist,
        on_behalf: true,
        updated_tools: isAllowlist
          ? server.tools.map(({ name }, tool) => ({ name, enabled: tool % 3 === 0 }))
          : [],
      };
    }),
  };
}

interface WireServer {
  readonly id: string;
  readonly tools: readonly { readonly name: string }[];
}

/** The servers' own answers are known, as in each refresh. */
async function listing(servers: string, portals: string): Promise<readonly Result[]> {
  const known = new Catalogues();
  parseServers(servers, known);
  const runs = {
    ours: async () => threadTime(() => parsePortals(portals, known)),
    parse: async () => threadTime(() => JSON.parse(portals)),
  };
  await inTurn(2, runs);
  const { ours, parse } = await inTurn(ROUNDS, runs);
  return [compared("list 50 portals of 500 tools, CPU ms: ours / JSON.parse", ours, parse, 1.8)];
}

function memory(servers: string, portals: string): Result {
  const before = heapUsed();
  const known = new Catalogues();
  const own = parseServers(servers, known);
  const alone = heapUsed() - before;
  const mapped = parsePortals(portals, known);
  const both = heapUsed() - before;
  if (own.length !== SERVERS || mapped.length !== PORTALS) {
    throw new Error(`${own.length} servers and ${mapped.length} portals`);
  }
  return compared("memory of these, MB: servers and portals / servers", both, alone, 1.5);
}

function parseServers(text: string, known: Catalogues): readonly Server[] {
  return parsedList(text).map((each) => parseServer(each, "server", known));
}

function parsePortals(text: string, known: Catalogues): readonly Portal[] {
  return parsedList(text).map((each) => parsePortal(each, "portal", known).portal);
}

function parsedList(text: string): readonly unknown[] {
  return JSON.parse(text) as readonly unknown[];
}

/** One tool is turned off in a portal with as many servers as a portal may have. */
async function toggle(): Promise<readonly Result[]> {
  const emulator = await startEmulator({ generate: { servers: LARGEST, tools: TOOLS } });
  const folder = await mkdtemp(join(tmpdir(), "bench-"));
  const storage = new MachineStorage(folder);
  const connection = new Connector().connect({
    apiRoot: emulator.url,
    credential: { kind: "token", token: emulator.token },
    userAgent: "bench",
  });
  const { accountId } = emulator;
  const store = new Store(RESOURCES);
  const session = new Session({
    store,
    account: { id: accountId, name: "Bench" },
    client: { api: connection.client(accountId) },
    settings: {
      refreshInterval: () => 0,
      syncs: { semaphore: new Semaphore(() => 1), retryPause: 0 },
      storage: (id) => storage.forAccount(id),
    },
  });
  try {
    await connection.client(accountId).createPortal(largestPortal(emulator));
    await session.refresh();
    let events = 0;
    let rows = 0;
    let before = store.state;
    store.onDidChange((after) => {
      const drawn = changedPortalRows(before, after).now.length;
      events += drawn === 0 ? 0 : 1;
      rows += drawn;
      before = after;
    });
    emulator.control.clearLog();
    const { saved } = await session.save({
      ref: portalRef(accountId, "largest"),
      changes: [{ field: firstTool(store, accountId), from: true, to: false }],
    });
    if (saved.length !== 1) {
      throw new Error("the change wasn't saved");
    }
    // Without the looks at Access and DNS that follow a refresh.
    const own = emulator.control.log().filter(({ path }) => path.includes("/mcp/portals/"));
    return [
      compared("toggle in a portal of 80 × 25, requests", own.length, 3, 1),
      compared("the same, events that draw", events, 1, 1),
      compared("the same, rows drawn", rows, 1, 1),
    ];
  } finally {
    session.dispose();
    await storage.forget(accountId);
    await connection.close();
    await emulator.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function largestPortal({ control }: Emulator) {
  const [account] = control.state();
  const servers = (account?.servers ?? []).map(({ id }) => ({
    server_id: id,
    default_disabled: false,
    on_behalf: true,
    updated_tools: [],
    updated_prompts: [],
  }));
  return { id: "largest", name: "Largest", hostname: "largest.example.com", servers };
}

function firstTool({ state }: Store, accountId: string) {
  const portal = state.accounts.get(accountId)?.collections.portal.items.get("largest")?.remote;
  const [mapping] = portal?.mappings.values() ?? [];
  const name = mapping?.server?.tools[0]?.name;
  if (mapping === undefined || name === undefined || portal?.mappings.size !== LARGEST) {
    throw new Error("the portal isn't as it was made");
  }
  return mappedCapabilityField(mapping.serverId, { kind: "tool", name }, "enabled");
}
