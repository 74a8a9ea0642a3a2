import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseServer } from "../../src/cloudflare/servers.ts";
import { checkServer } from "../../src/domain/checks/checkServer.ts";
import { type CloudflareClient, wrapClient } from "../../src/domain/cloudflareClient.ts";
import { RESOURCES } from "../../src/domain/resources/kinds.ts";
import type { Server } from "../../src/domain/servers/server.ts";
import { serverKind } from "../../src/domain/servers/serverKind.ts";
import { SERVER_SNAPSHOT } from "../../src/domain/servers/serverSnapshot.ts";
import { startEmulator } from "../../src/emulator/start.ts";
import { FileSnapshotCache } from "../../src/engine/files/snapshots.ts";
import { Refresher } from "../../src/engine/refresh.ts";
import { findServer } from "../../src/engine/state.ts";
import { Store } from "../../src/engine/store.ts";
import { changedRows } from "../../src/features/servers/changedRows.ts";
import { heapUsed } from "./measures.ts";
import { compared, inTurn, type Result } from "./result.ts";

const account = { id: "0".repeat(32), name: "Bench" };
const servers = 2000;
const rounds = 9;

/**
 * The time of a refresh of a large account with one changed server, and the memory that many leave
 * behind.
 */
export async function benchRefreshing(): Promise<readonly Result[]> {
  const pages = await fetchPages();
  const folder = await mkdtemp(join(tmpdir(), "bench-"));
  const kept = new FileSnapshotCache(join(folder, "servers.json"), SERVER_SNAPSHOT);
  const screen = new DrawnTree(pages, kept);
  try {
    await screen.refresh();
    const runs = {
      ours: () => cpu(() => screen.refreshOneChanged()),
      parse: () => cpu(async () => pages.map((page) => JSON.parse(page))),
    };
    await inTurn(2, runs);
    const { ours, parse } = await inTurn(rounds, runs);
    const name = "refresh 2,000 servers, one changed, CPU ms: ours / JSON.parse";
    const small = new DrawnTree(pages.slice(0, 1), kept);
    await small.refresh();
    return [compared(name, ours, parse, 1.8), await growth(small)];
  } finally {
    await kept.end();
    await rm(folder, { recursive: true });
  }
}

/** The work of a refresh for an account on screen, as far as it needs no VS Code. */
class DrawnTree {
  readonly #store = new Store(RESOURCES);
  readonly #refresher: Refresher<Server>;
  readonly #changes: (readonly unknown[] | "all")[] = [];
  #pages: readonly string[];

  constructor(pages: readonly string[], cache: FileSnapshotCache<Server>) {
    this.#pages = pages;
    this.#store.addAccount(account);
    this.#refresher = new Refresher({
      kind: serverKind,
      store: this.#store.collection(account.id, "server"),
      api: this.#client(),
      cache,
      now: Date.now,
    });
    let before = this.#store.state;
    this.#store.onDidChange((after) => {
      const rows = changedRows(before, after);
      before = after;
      if (rows === "all") {
        this.#changes.push(rows);
        return;
      }
      const servers = [...rows.servers, ...rows.counts];
      this.#changes.push(servers);
      for (const { accountId, serverId } of servers) {
        const found = findServer(after, accountId, serverId);
        if (found !== undefined) {
          checkServer(found.optimistic);
        }
      }
    });
  }

  async refresh(): Promise<void> {
    await this.#refresher.run({});
  }

  async refreshOneChanged(): Promise<void> {
    this.#pages = this.#pages.with(0, bend(this.#pages[0] ?? ""));
    this.#changes.length = 0;
    await this.refresh();
    const [nodes] = this.#changes;
    if (this.#changes.length !== 1 || nodes === "all" || nodes?.length !== 1) {
      throw new Error(`${JSON.stringify(this.#changes)} instead of one node`);
    }
  }

  /** The client without its transport, because the network isn't measured. */
  #client(): CloudflareClient {
    const unused = wrapClient(() => Promise.reject(new Error("not in this benchmark")));
    return {
      ...unused,
      listServers: async () => {
        const items = this.#pages.flatMap((page) => (JSON.parse(page) as Body).result);
        return { items: items.map((item) => parseServer(item)), rejected: [] };
      },
    };
  }
}

interface Body {
  readonly result: readonly unknown[];
}

let bent = 0;

/** The same page with another first description of its first server. */
function bend(page: string): string {
  bent += 1;
  return page.replace(/"description":"[^"]*"/, `"description":"changed ${bent}"`);
}

async function growth(screen: DrawnTree): Promise<Result> {
  const refresh = async (times: number): Promise<number> => {
    for (let time = 0; time < times; time += 1) {
      await screen.refreshOneChanged();
    }
    return heapUsed();
  };
  const early = await refresh(10);
  const late = await refresh(990);
  return compared("heap after 1,000 refreshes, MB: late / after 10", late, early, 1.05);
}

async function cpu(work: () => Promise<unknown>): Promise<number> {
  const startedAt = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(startedAt);
  return (user + system) / 1000;
}

async function fetchPages(): Promise<readonly string[]> {
  const emulator = await startEmulator({ generate: { servers, tools: 25 } });
  const list = `${emulator.url}/accounts/${emulator.accountId}/access/ai-controls/mcp/servers`;
  const pages: string[] = [];
  for (let page = 1; page <= servers / 100; page += 1) {
    const response = await fetch(`${list}?page=${page}&per_page=100`, {
      headers: { authorization: `Bearer ${emulator.token}` },
    });
    pages.push(await response.text());
  }
  await emulator.close();
  return pages;
}
