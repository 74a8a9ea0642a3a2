import type { Behaviours } from "../switches/behaviours.ts";
import type { ServerRecord } from "../world/records.ts";
import type { Failure } from "./failure.ts";
import { keepLiving } from "./overrides.ts";
import type { Catalogue } from "./upstream.ts";

/** What came of asking an upstream. */
export type Outcome = { readonly catalogue: Catalogue } | { readonly failure: Failure };

export const nobodyAuthenticated: Failure = {
  error:
    "The server's authentication failed or was interrupted. You must re-authenticate to enforce access control and management.",
  details: { cause: "Authorization required", is_upstream: false, retryable: false },
};

/** The server's record after a sync. @param at ISO time */
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
    updated_tools: keepLiving(record.updated_tools, tools, vanishedOverrides),
    updated_prompts: keepLiving(record.updated_prompts, prompts, vanishedOverrides),
    ...(readyWithError === null ? {} : { error: readyWithError }),
  };
}

/** A catalogue that didn't change keeps its identity, and with it the text that was made of it. */
function unlessSame(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  return JSON.stringify(before) === JSON.stringify(after) ? before : after;
}

/** The last catalogue stays: Cloudflare goes on serving it. */
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
  const unauthenticated = failure === nobodyAuthenticated || isUnusedManual(record, failure);
  const status = unauthenticated ? behaviours.unauthorizedSync : "error";
  return { ...base, status, error: failure.error };
}

/** Manual OAuth has no administrator's sign-in, so a 401 only says that no user has signed in yet. */
function isUnusedManual(record: ServerRecord, failure: Failure): boolean {
  return record.secret.kind === "manual" && failure.details.status_code === 401;
}
