import { type ApiError, isApiError } from "../../domain/apiError.ts";
import type { FieldChange } from "../../domain/changes/change.ts";
import { type Merged, planPatch, threeWay, untouchedFields } from "../../domain/changes/merge.ts";
import {
  compare,
  NOTHING_DONE,
  type WriteResult,
  type WriteStatus,
} from "../../domain/changes/writeResult.ts";
import type { CloudflareClient } from "../../domain/cloudflareClient.ts";
import type { Server, ServerPatch } from "../../domain/servers/server.ts";
import type { Lock } from "../ports.ts";

export interface Written {
  readonly result: WriteResult;
  /** The newest that was read; undefined when nothing could be. */
  readonly truth: Server | undefined;
  /** Whether the truth was read after what was sent: else nobody has looked at it yet. */
  readonly wasReadBack: boolean;
  /** What a refusal was about: its fields are numbered as in this patch. */
  readonly refused: { readonly error: ApiError; readonly patch: ServerPatch } | undefined;
}

/** Keeps a write in the journal: asked before it is sent, told when it didn't come about. */
export interface Recorder {
  begin(changes: readonly FieldChange[]): Promise<void>;
  cancel(): Promise<void>;
}

/**
 * One careful write: read afresh, merge, send the smallest patch once, read back, compare. What goes
 * wrong is in the result. Undefined when the lock was lost before anything was sent.
 */
export async function write(
  api: CloudflareClient,
  serverId: string,
  changes: readonly FieldChange[],
  { lock, recorder }: { readonly lock: Lock; readonly recorder: Recorder },
): Promise<Written | undefined> {
  const current = await api.readServer(serverId).catch((error: unknown) => ({ error }));
  if ("error" in current && !("id" in current)) {
    return notSent(changes, current.error);
  }
  const merged = threeWay(changes, current);
  const patch = planPatch(current, merged.apply);
  if (patch === undefined) {
    return unchanged(current, merged);
  }
  await recorder.begin(merged.apply);
  if (!(await lock.held())) {
    await recorder.cancel();
    return undefined;
  }
  const sent = await send(api, serverId, patch);
  const readBack = sent.kind === "refused" ? undefined : await lookAgain(api, serverId);
  const outcome = evaluate(merged.apply, untouchedFields(patch, merged.apply), sent, readBack);
  if (isFutile(outcome)) {
    await recorder.cancel();
  }
  return {
    result: {
      ...outcome,
      saved: [...merged.already, ...outcome.saved],
      conflicts: merged.conflicts,
    },
    truth: readBack ?? (sent.kind === "answered" ? sent.server : current),
    wasReadBack: readBack !== undefined,
    refused:
      sent.kind === "refused" && isApiError(sent.error) ? { error: sent.error, patch } : undefined,
  };
}

/** Nothing was sent, so nothing came about. */
export function notSent(changes: readonly FieldChange[], error: unknown): Written {
  const failure = { error, changes, status: "refused" } as const;
  const result = { ...NOTHING_DONE, failure };
  return { result, truth: undefined, wasReadBack: false, refused: undefined };
}

function unchanged(current: Server, { apply, already, conflicts }: Merged): Written {
  const saved = [...already, ...apply];
  return {
    result: { ...NOTHING_DONE, saved, conflicts },
    truth: current,
    wasReadBack: true,
    refused: undefined,
  };
}

/** Nothing of it is there or will be. What is missing may still arrive, and is then to be undone. */
function isFutile({ saved, failure }: Omit<WriteResult, "conflicts">): boolean {
  return saved.length === 0 && (failure === undefined || failure.status === "refused");
}

/** What became of the changes, by what was answered and by what was read afterwards. */
function evaluate(
  changes: readonly FieldChange[],
  carried: readonly FieldChange[],
  sent: Sent,
  readBack: Server | undefined,
): Omit<WriteResult, "conflicts"> {
  if (sent.kind === "refused") {
    return failed(changes, sent.error, "refused");
  }
  if (sent.kind === "answered") {
    // What was in the answer and isn't any more was saved, and run over since: the watch tells that.
    const left = compare([...changes, ...carried], sent.server).ignored.map(({ change }) => change);
    const { ignored } = compare(left, readBack ?? sent.server);
    const missing = new Set(ignored.map(({ change }) => change));
    const saved = changes.filter((change) => !missing.has(change));
    return { saved, ignored, failure: undefined };
  }
  if (readBack === undefined) {
    return failed(changes, sent.error, "unknown");
  }
  const { saved, ignored } = compare(changes, readBack);
  const missing = ignored.map(({ change }) => change);
  return { ...failed(missing, sent.error, "missing"), saved };
}

function failed(
  changes: readonly FieldChange[],
  error: unknown,
  status: WriteStatus,
): Omit<WriteResult, "conflicts"> {
  const failure = changes.length === 0 ? undefined : { error, changes, status };
  return { saved: [], ignored: [], failure };
}

async function lookAgain(api: CloudflareClient, serverId: string): Promise<Server | undefined> {
  try {
    return await api.readServer(serverId);
  } catch {
    return undefined;
  }
}

type Sent =
  | { readonly kind: "answered"; readonly server: Server }
  /** Nothing was written, that is certain. */
  | { readonly kind: "refused"; readonly error: unknown }
  /** Whether it was written is for the next read to say. */
  | { readonly kind: "lost"; readonly error: unknown };

async function send(api: CloudflareClient, serverId: string, patch: ServerPatch): Promise<Sent> {
  try {
    return { kind: "answered", server: await api.updateServer(serverId, patch) };
  } catch (error) {
    return { kind: isCertain(error) ? "refused" : "lost", error };
  }
}

/**
 * A client's error in Cloudflare's own envelope was refused before anything was written, and what
 * never left this machine too. Under 200 or 5xx, or from somebody in between, all is possible.
 */
function isCertain(error: unknown): boolean {
  if (!isApiError(error)) {
    return false;
  }
  const { reason, status } = error;
  if (reason === "refused") {
    return status !== undefined && status >= 400 && status < 500 && status !== 408;
  }
  return (
    reason === "dns" ||
    reason === "connectionRefused" ||
    reason === "tls" ||
    reason === "unsafeRoot" ||
    reason === "badCredential"
  );
}
