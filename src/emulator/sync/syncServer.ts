import { setTimeout as delay } from "node:timers/promises";
import type { Emulation } from "../emulation.ts";
import type { Account } from "../state/accounts.ts";
import { keepPresent } from "../state/overrides.ts";
import { portalsAfterSync } from "../state/portals.ts";
import type { ErrorDetails, ServerRecord } from "../state/records.ts";
import type { Behaviours } from "../switches/schemas.ts";
import { explain, type Failure, notAnAddress } from "./failure.ts";
import { type Catalogue, fetchCatalogue, outgoingHeaders } from "./fetchCatalogue.ts";

export interface SyncResult {
  readonly ok: boolean;
  readonly status: ServerRecord["status"];
  readonly error?: string;
  readonly error_details?: ErrorDetails;
}

/** The key of a running sync in `emulation.syncing`. */
export function syncKey(account: Account, id: string): string {
  return `${account.id}/${id}`;
}

/**
 * Syncs one server with its upstream. Resolves with undefined where the server is gone.
 * @param find replaces the request to the upstream, where its outcome is known
 */
export async function syncServer(
  emulation: Emulation,
  account: Account,
  id: string,
  find: typeof reach = reach,
): Promise<SyncResult | undefined> {
  const key = syncKey(account, id);
  emulation.syncing.add(key);
  try {
    return await sync(emulation, account, id, find);
  } finally {
    emulation.syncing.delete(key);
  }
}

async function sync(
  emulation: Emulation,
  account: Account,
  id: string,
  find: typeof reach,
): Promise<SyncResult | undefined> {
  const behaviours = emulation.controls.behaviours(id);
  const due = behaviours.syncLatency > 0 ? delay(behaviours.syncLatency) : undefined;
  const before = account.servers.get(id);
  if (!before) {
    return undefined;
  }
  if (isFrozen(before, behaviours)) {
    await due;
    return { ok: true, status: before.status };
  }
  const outcome = behaviours.syncRefreshesNothing
    ? { catalogue: before }
    : await find(emulation, before, behaviours);
  await due;
  // Others may have written meanwhile, so the outcome is applied to the current record.
  const record = account.servers.get(id);
  if (!record) {
    return undefined;
  }
  const at = emulation.clock.iso();
  const after = withOutcome(record, outcome, behaviours, at);
  emulation.store.putServer(account, after);
  if (!("failure" in outcome)) {
    for (const portal of portalsAfterSync(account, after, behaviours)) {
      emulation.store.putPortal(account, portal);
    }
  }
  const { status, error, error_details } = after;
  return {
    ok: !("failure" in outcome),
    status,
    ...(error === undefined ? {} : { error }),
    ...(error_details === undefined ? {} : { error_details }),
  };
}

/**
 * The catalogue of a server with manual OAuth is captured when its first user signs in. A sync
 * reports success and changes nothing, not even `last_synced`. Source: Cloudflare docs, "Known
 * limitations".
 */
function isFrozen({ secret }: ServerRecord, { manualCatalogue }: Behaviours): boolean {
  return secret.kind === "manual" && manualCatalogue === "frozen";
}

/**
 * Captures the catalogue of a server with manual OAuth at its first user's sign-in. Later sign-ins
 * capture nothing.
 * @param accessToken the token that the upstream gave the user
 */
export async function captureCatalogue(
  emulation: Emulation,
  account: Account,
  id: string,
  accessToken: string,
): Promise<void> {
  const record = account.servers.get(id);
  if (record?.secret.kind !== "manual" || record.last_successful_sync !== undefined) {
    return;
  }
  const { syncTimeout } = emulation.controls.behaviours(id);
  const { tools, prompts } = await fetchCatalogue({
    url: new URL(record.hostname),
    headers: outgoingHeaders({ kind: "grant", accessToken }),
    timeoutMs: syncTimeout,
    resolve: emulation.resolve,
  });
  const at = emulation.clock.iso();
  const synced = { last_synced: at, last_successful_sync: at };
  emulation.store.putServer(account, { ...record, ...synced, tools, prompts, status: "ready" });
}

/** Asks the upstream of a server for its catalogue. */
export async function reach(
  emulation: Emulation,
  record: ServerRecord,
  behaviours: Behaviours,
): Promise<Outcome> {
  if (record.authentication_status === "required") {
    return { failure: NOT_AUTHENTICATED };
  }
  const url = URL.parse(record.hostname);
  if (url === null) {
    return { failure: notAnAddress(record.hostname) };
  }
  try {
    const catalogue = await fetchCatalogue({
      url,
      headers: outgoingHeaders(record.secret),
      timeoutMs: behaviours.syncTimeout,
      resolve: emulation.resolve,
    });
    return { catalogue };
  } catch (error) {
    return { failure: explain(error, url) };
  }
}

/** The result of a request to an upstream. */
export type Outcome = { readonly catalogue: Catalogue } | { readonly failure: Failure };

export const NOT_AUTHENTICATED: Failure = {
  error:
    "The server's authentication failed or was interrupted. You must re-authenticate to enforce access control and management.",
  details: { cause: "Authorization required", is_upstream: false, retryable: false },
};

/** The record of a server after a sync. @param at ISO time */
export function withOutcome(
  record: ServerRecord,
  outcome: Outcome,
  behaviours: Behaviours,
  at: string,
): ServerRecord {
  return "failure" in outcome
    ? failed(record, outcome.failure, behaviours, at)
    : succeeded(record, outcome.catalogue, behaviours, at);
}

function succeeded(
  record: ServerRecord,
  catalogue: Catalogue,
  behaviours: Behaviours,
  at: string,
): ServerRecord {
  const { error: _error, error_details: _details, ...rest } = record;
  const cleared = { ...rest, last_synced: at };
  if (behaviours.syncRefreshesNothing) {
    return cleared;
  }
  const { tools, prompts } = catalogue;
  const { readyWithError, vanishedOverrides } = behaviours;
  return {
    ...cleared,
    status: "ready",
    authentication_status:
      record.secret.kind === "grant" ? "connected" : record.authentication_status,
    last_successful_sync: at,
    tools: unlessSame(record.tools, tools),
    prompts: unlessSame(record.prompts, prompts),
    updated_tools: keepPresent(record.updated_tools, tools, vanishedOverrides),
    updated_prompts: keepPresent(record.updated_prompts, prompts, vanishedOverrides),
    ...(readyWithError === null ? {} : { error: readyWithError }),
  };
}

/** Keeps the identity of an unchanged catalogue, so that its memoized text stays valid. */
function unlessSame(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  return JSON.stringify(before) === JSON.stringify(after) ? before : after;
}

/** Keeps the last catalogue, because Cloudflare continues to serve it. */
function failed(
  record: ServerRecord,
  failure: Failure,
  behaviours: Behaviours,
  at: string,
): ServerRecord {
  const base = { ...record, last_synced: at, error_details: failure.details };
  if (failure.details.status_code === 401 && record.secret.kind === "grant") {
    const error = "Authorization failed: needs_reauth";
    return { ...base, status: "stale", authentication_status: "stale", error };
  }
  const unauthenticated = failure === NOT_AUTHENTICATED || isUnusedManual(record, failure);
  const status = unauthenticated ? behaviours.unauthorizedSync : "error";
  return { ...base, status, error: failure.error };
}

/**
 * With manual OAuth no administrator signs in, so a 401 only means that no user has signed in yet.
 */
function isUnusedManual(record: ServerRecord, failure: Failure): boolean {
  return record.secret.kind === "manual" && failure.details.status_code === 401;
}
