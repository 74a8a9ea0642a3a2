import * as l10n from "@vscode/l10n";
import { Semaphore } from "../../base/semaphore.ts";
import { about, listed } from "../../base/text.ts";
import type { FieldChange } from "../../domain/changes/change.ts";
import { RESOURCES } from "../../domain/resources/kinds.ts";
import { newResource } from "../../domain/resources/resource.ts";
import { changesOf, type DefinitionChange } from "../../domain/review/changes.ts";
import type { AcceptedServer } from "../../domain/review/lockFile.ts";
import { changeInWords, changesInWords } from "../../domain/review/words.ts";
import { SERVER, type Server } from "../../domain/servers/server.ts";
import { syncInWords } from "../../domain/servers/words.ts";
import { Store } from "../../engine/store.ts";
import { SyncQueue, type SyncResult } from "../../engine/sync/queue.ts";
import { update } from "../apply/applyAction.ts";
import { locksOf } from "../apply/machine.ts";
import type { ExitStatus, Invocation } from "../command.ts";
import { reasonInWords } from "../failures.ts";
import { keepAccepted, type ReviewedServers, readServers } from "./reviewedServers.ts";

/** Syncs under way at once. */
const AT_ONCE = 4;
/** Before a sync that may be tried again is. */
const RETRY_PAUSE_MS = 2000;

/** What a sync of one server came to. */
interface Synced {
  readonly result: SyncResult;
  /** Against what was accepted, the worst first. */
  readonly changes: readonly DefinitionChange[];
  readonly accepted: AcceptedServer | undefined;
  /** Tools that were turned off now. */
  readonly held: readonly string[];
  readonly problems: readonly string[];
}

/** Syncs servers, and says what differs from what was accepted. */
export async function sync(call: Invocation): Promise<ExitStatus> {
  const read = await readServers(call);
  const { folder, lock, remote, servers } = read;
  call.output.progress(l10n.t("Syncing {0} servers…", servers.length));
  const results = await syncAll(read);
  const compared = results.map((result) => compare(result, lock.accepted.get(result.serverId)));
  const synced: Synced[] = [];
  for (const each of compared) {
    synced.push(call.flag("hold") ? await hold(each, read, call) : each);
  }
  const held = synced.flatMap(({ result, accepted, held }) =>
    accepted === undefined || held.length === 0
      ? []
      : [[result.serverId, withHeld(accepted, held)] as const],
  );
  if (held.length > 0) {
    await keepAccepted(folder, { ...lock, account: remote.id }, new Map(held));
  }
  tell(call, synced);
  return statusOf(synced);
}

function syncAll({ remote, servers }: ReviewedServers): Promise<readonly SyncResult[]> {
  const store = new Store(RESOURCES);
  store.addAccount({ id: remote.id, name: remote.id });
  store.collection(remote.id, SERVER).update((collection) => ({
    ...collection,
    items: new Map(servers.map((server) => [server.id, newResource(server)])),
  }));
  const queue = new SyncQueue({
    store,
    accountId: remote.id,
    api: remote.api,
    semaphore: new Semaphore(() => AT_ONCE),
    retryPause: RETRY_PAUSE_MS,
  });
  return queue.sync(servers.map(({ id }) => id));
}

/** A server that nobody has seen is pulled first. */
function compare(result: SyncResult, accepted: AcceptedServer | undefined): Synced {
  const { server } = result;
  const changes = server === undefined || accepted === undefined ? [] : changesOf(accepted, server);
  return { result, changes, accepted, held: [], problems: [] };
}

/** Turns off what is new or changed and on. */
async function hold(
  synced: Synced,
  { remote }: ReviewedServers,
  { environment }: Invocation,
): Promise<Synced> {
  const { changes, result } = synced;
  const { server, serverId } = result;
  if (server === undefined) {
    return synced;
  }
  const names = changes
    .filter(({ kind, how }) => kind === "tool" && how !== "removed")
    .map(({ name }) => name)
    .filter((name) => server.toolOverrides.get(name)?.enabled !== false);
  if (names.length === 0) {
    return synced;
  }
  const writer = {
    api: remote.api,
    locks: locksOf(remote.id, environment),
    credentials: new Map<string, string>(),
  };
  const { problems } = await update(
    writer,
    { kind: "server", id: serverId, path: serverId },
    names.map((name) => turned(server, name)),
  );
  return { ...synced, problems, held: problems.length === 0 ? names : [] };
}

function turned(server: Server, name: string): FieldChange {
  return {
    field: { of: { kind: "tool", name }, key: "enabled" },
    from: server.toolOverrides.get(name)?.enabled ?? null,
    to: false,
  };
}

function withHeld(accepted: AcceptedServer, names: readonly string[]): AcceptedServer {
  return { ...accepted, held: [...new Set([...accepted.held, ...names])] };
}

function tell({ output, isJson }: Invocation, synced: readonly Synced[]): void {
  if (isJson) {
    output.line(JSON.stringify({ servers: synced.map(jsonOf) }));
  }
  for (const { result, changes, accepted, held, problems } of synced) {
    for (const problem of problems) {
      output.error(problem);
    }
    const { report, serverId } = result;
    if (report.kind === "failed") {
      output.error(about(serverId, reasonInWords(report.error)));
    }
    if (isJson) {
      continue;
    }
    output.line(about(serverId, outcomeInWords(result, changes, accepted)));
    for (const change of changes) {
      output.line(`  ${about(change.name, changeInWords(change))}`, "yellow");
    }
    if (held.length > 0) {
      output.line(`  ${l10n.t("turned off until they are accepted: {0}", listed(held))}`);
    }
  }
}

function outcomeInWords(
  { report, server }: SyncResult,
  changes: readonly DefinitionChange[],
  accepted: AcceptedServer | undefined,
): string {
  switch (report.kind) {
    case "cancelled":
    case "failed":
      return l10n.t("its sync failed");
    case "refused":
      return about(l10n.t("its sync failed"), server?.error ?? server?.status ?? "");
    case "stalled":
      return syncInWords(report) ?? "";
    case "done":
      if (accepted === undefined) {
        return l10n.t("not in the lock file yet; pull adds it");
      }
      return changes.length === 0 ? l10n.t("as accepted") : changesInWords(changes);
  }
}

function jsonOf({ result, changes, held }: Synced): object {
  return {
    id: result.serverId,
    sync: result.report.kind,
    changes: changes.map((change) => ({
      kind: change.kind,
      name: change.name,
      how: change.how,
      impact: change.impact,
      words: changeInWords(change),
    })),
    held,
  };
}

/** A server whose upstream fails is wrong; one whose call failed couldn't be looked at. */
function statusOf(synced: readonly Synced[]): ExitStatus {
  if (synced.some(({ result }) => result.report.kind === "failed")) {
    return 2;
  }
  const isInOrder = synced.every(
    ({ result, changes, problems }) =>
      result.report.kind === "done" && changes.length + problems.length === 0,
  );
  return isInOrder ? 0 : 1;
}
