import { Semaphore } from "../../src/base/semaphore.ts";
import { Connector } from "../../src/cloudflare/connect.ts";
import { RESOURCES } from "../../src/domain/resources/kinds.ts";
import { SERVER } from "../../src/domain/servers/server.ts";
import { serverKind } from "../../src/domain/servers/serverKind.ts";
import type { LoggedRequest } from "../../src/emulator/requestLog.ts";
import { Refresher } from "../../src/engine/refresh.ts";
import { Store } from "../../src/engine/store.ts";
import { SyncQueue } from "../../src/engine/sync/queue.ts";
import { type Endpoint, startEmulator } from "./emulator.ts";
import { compared, type Result } from "./result.ts";

const servers = 200;
const syncLatency = 500;
const concurrency = 8;

/**
 * The queue's time compared with the ideal, and whether it stays within Cloudflare's rate limit.
 */
export async function benchSyncing(): Promise<readonly Result[]> {
  const free = await syncAll();
  const limited = await syncAll({ requests: 300, seconds: 20 });
  const ideal = (servers / concurrency) * syncLatency;
  return [
    compared("sync 200 servers, 8 at once, ms: ours / ideal", free.ms, ideal, 1.05),
    compared(
      "the same within 300 requests in 20 s: refused / all",
      limited.refused,
      limited.all,
      0,
    ),
  ];
}

interface Run {
  readonly ms: number;
  readonly all: number;
  readonly refused: number;
}

async function syncAll(rateLimit?: { requests: number; seconds: number }): Promise<Run> {
  const latency = ["--sync-latency", String(syncLatency)];
  const emulator = await startEmulator(["--servers", String(servers), "--tools", "5", ...latency]);
  if (rateLimit !== undefined) {
    await control(emulator, "POST", "switches", { rateLimit });
  }
  const credential = { kind: "token", token: emulator.token } as const;
  const connection = new Connector().connect({
    apiRoot: emulator.url,
    credential,
    userAgent: "bench",
  });
  const client = connection.client(emulator.accountId);
  const store = new Store(RESOURCES);
  store.addAccount({ id: emulator.accountId, name: "Bench" });
  const nothing = { read: async () => undefined, write: async () => undefined };
  const collection = store.collection(emulator.accountId, SERVER);
  await new Refresher({
    kind: serverKind,
    store: collection,
    api: client,
    cache: nothing,
    now: Date.now,
  }).run({});
  const semaphore = new Semaphore(() => concurrency);
  const queue = new SyncQueue({
    store,
    accountId: emulator.accountId,
    api: client,
    semaphore,
    retryPause: 0,
  });
  const startedAt = performance.now();
  const ids = [...(collection.current?.items.keys() ?? [])];
  const results = await queue.sync(ids);
  const ms = performance.now() - startedAt;
  const done = results.filter(({ report }) => report.kind === "done").length;
  if (done !== servers) {
    throw new Error(`${done} of ${servers} synced`);
  }
  const log = (await control(emulator, "GET", "log")) as readonly LoggedRequest[];
  await connection.close();
  await emulator.stop();
  return { ms, all: log.length, refused: log.filter(({ status }) => status === 429).length };
}

async function control(
  { url, token }: Endpoint,
  method: string,
  name: string,
  body?: unknown,
): Promise<unknown> {
  const response = await fetch(new URL(`/__emulator/${name}`, url), {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return response.json();
}
