import { type ApiError, isApiError } from "../../domain/apiError.ts";
import { type FieldChange, type Merged, refId, threeWay } from "../../domain/changes/change.ts";
import {
  compare,
  lostOf,
  NOTHING_DONE,
  type Refusal,
  type WriteResult,
  type WriteStatus,
} from "../../domain/changes/writeResult.ts";
import type { CloudflareClient } from "../../domain/cloudflareClient.ts";
import {
  type Fields,
  type Identified,
  NO_REFUSALS,
  type ResourceKind,
} from "../../domain/resources/resource.ts";
import type { Lock, Locks } from "../ports.ts";

export interface WriteAttempt<T> {
  readonly result: WriteResult;
  /** The newest value that was read; undefined when no read succeeded. */
  readonly remote: T | undefined;
  /**
   * True when the remote value was read after the patch was sent. Otherwise it still has to be
   * compared.
   */
  readonly wasReadBack: boolean;
  /** The error with which Cloudflare refused the whole patch; undefined when it didn't. */
  readonly refusal: ApiError | undefined;
  /** Values that a write whose answer was lost removes beside its changes, if it still arrives. */
  readonly maybeLost: readonly FieldChange[];
  readonly refusals: readonly Refusal[];
}

/** The part of a resource kind that a write needs. */
export type WrittenKind<T extends Identified, Patch> = Pick<
  ResourceKind<string, T, Patch, never>,
  "name" | "read" | "update" | "fields"
>;

interface CarefulWrite<T extends Identified, Patch> {
  readonly kind: WrittenKind<T, Patch>;
  readonly api: CloudflareClient;
  readonly id: string;
  readonly locks: Locks;
  /** Keeps each attempt in the journal. Without it, nothing is kept. */
  recorder?(): Recorder;
  /**
   * Resolves with true when a write that failed like this should start over. It may take long, for
   * example until the user has signed in again. No lock is held during that time, so no other
   * window waits.
   */
  again?(error: unknown): Promise<boolean>;
}

/** Keeps a write in the journal. */
export interface Recorder {
  /**
   * Precedes the request. Rejects when the write can't be kept; then nothing is sent.
   * @param lost what the write removes beside its changes
   */
  begin(changes: readonly FieldChange[], lost: readonly FieldChange[]): Promise<void>;
  /**
   * Follows a write that saved nothing. Never rejects, so that the outcome of the write is what the
   * user is told.
   */
  cancel(): Promise<void>;
}

/**
 * Writes under the lock of the resource: reads, merges, sends the smallest patch once, reads back
 * and compares. Begins anew when the lock was lost before anything was sent. Never rejects:
 * failures are in the result.
 */
export async function carefulWrite<T extends Identified, Patch>(
  changes: readonly FieldChange[],
  options: CarefulWrite<T, Patch>,
): Promise<WriteAttempt<T>> {
  const { kind, id, locks, recorder, again } = options;
  try {
    for (;;) {
      const written = await locks.run(refId({ kind: kind.name, id }), (lock) =>
        writeLocked(changes, options, lock, recorder?.() ?? NO_JOURNAL),
      );
      const failure = written?.result.failure;
      const isAgain = failure !== undefined && (await again?.(failure.error)) === true;
      if (written !== undefined && !isAgain) {
        return written;
      }
    }
  } catch (error) {
    return notSent(changes, error);
  }
}

const NO_JOURNAL: Recorder = {
  begin: () => Promise.resolve(),
  cancel: () => Promise.resolve(),
};

/** Undefined when the lock was lost before anything was sent. */
async function writeLocked<T extends Identified, Patch>(
  changes: readonly FieldChange[],
  options: CarefulWrite<T, Patch>,
  lock: Lock,
  recorder: Recorder,
): Promise<WriteAttempt<T> | undefined> {
  const { kind, api, id } = options;
  const { fields } = kind;
  const read = await outcomeOf(kind.read(api, id));
  if ("error" in read) {
    return notSent(changes, read.error);
  }
  const current = read.value;
  const merged = threeWay(fields, changes, current);
  const patch = fields.patch(current, merged.apply);
  if (patch === undefined) {
    return unchanged(current, merged);
  }
  const lost = fields.lost(current, patch, merged.apply);
  await recorder.begin(merged.apply, lost);
  if (!(await lock.held())) {
    await recorder.cancel();
    return undefined;
  }
  const sent = await send(options, patch);
  const readBack = sent.kind === "refused" ? undefined : await readAgain(options);
  const untouched = fields.untouched(patch, merged.apply);
  const outcome = evaluate(fields, { changes: merged.apply, untouched, sent, readBack });
  if (isFutile(outcome)) {
    await recorder.cancel();
  }
  const remote = readBack ?? (sent.kind === "answered" ? sent.resource : current);
  const { saved: gone, ignored: kept } = compare(fields, lost, remote);
  const refusal = sent.kind === "refused" && isApiError(sent.error) ? sent.error : undefined;
  return {
    result: {
      ...outcome,
      saved: [...merged.already, ...outcome.saved],
      conflicts: merged.conflicts,
      ...lostOf(gone),
    },
    maybeLost: sent.kind === "lost" ? kept.map(({ change }) => change) : [],
    remote,
    wasReadBack: readBack !== undefined,
    refusal,
    refusals: refusal === undefined ? NO_REFUSALS : fields.refusals(refusal, patch),
  };
}

async function outcomeOf<T>(
  call: Promise<T>,
): Promise<{ readonly value: T } | { readonly error: unknown }> {
  try {
    return { value: await call };
  } catch (error) {
    return { error };
  }
}

/** The result for changes that were never sent. */
function notSent(changes: readonly FieldChange[], error: unknown): WriteAttempt<never> {
  const failure = { error, changes, status: "refused" } as const;
  return {
    result: { ...NOTHING_DONE, failure },
    remote: undefined,
    wasReadBack: false,
    maybeLost: [],
    refusal: undefined,
    refusals: NO_REFUSALS,
  };
}

function unchanged<T>(current: T, { apply, already, conflicts }: Merged): WriteAttempt<T> {
  const saved = [...already, ...apply];
  return {
    result: { ...NOTHING_DONE, saved, conflicts },
    remote: current,
    wasReadBack: true,
    maybeLost: [],
    refusal: undefined,
    refusals: NO_REFUSALS,
  };
}

/**
 * True when no part of the write is saved or can still arrive. A missing part may still arrive and
 * can then be undone.
 */
function isFutile({ saved, failure }: Omit<WriteResult, "conflicts">): boolean {
  return saved.length === 0 && (failure === undefined || failure.status === "refused");
}

interface Evidence<T> {
  readonly changes: readonly FieldChange[];
  readonly untouched: readonly FieldChange[];
  readonly sent: Sent<T>;
  readonly readBack: T | undefined;
}

/** Determines the outcome of each change from the answer and from the later read. */
function evaluate<T, Patch>(
  fields: Fields<T, Patch>,
  { changes, untouched, sent, readBack }: Evidence<T>,
): Omit<WriteResult, "conflicts"> {
  if (sent.kind === "refused") {
    return failed(changes, sent.error, "refused");
  }
  if (sent.kind === "answered") {
    // A value that is in the answer but no longer in the later read was saved and then overwritten.
    // The write monitor reports that.
    const answered = compare(fields, [...changes, ...untouched], sent.resource);
    const left = answered.ignored.map(({ change }) => change);
    const { ignored } = compare(fields, left, readBack ?? sent.resource);
    const missing = new Set(ignored.map(({ change }) => change));
    const saved = changes.filter((change) => !missing.has(change));
    return { saved, ignored, failure: undefined };
  }
  if (readBack === undefined) {
    return failed(changes, sent.error, "unknown");
  }
  const { saved, ignored } = compare(fields, changes, readBack);
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

async function readAgain<T extends Identified, Patch>({
  kind,
  api,
  id,
}: CarefulWrite<T, Patch>): Promise<T | undefined> {
  try {
    return await kind.read(api, id);
  } catch {
    return undefined;
  }
}

type Sent<T> =
  | { readonly kind: "answered"; readonly resource: T }
  /** It is certain that nothing was written. */
  | { readonly kind: "refused"; readonly error: unknown }
  /** The next read tells whether it was written. */
  | { readonly kind: "lost"; readonly error: unknown };

async function send<T extends Identified, Patch>(
  { kind, api, id }: CarefulWrite<T, Patch>,
  patch: Patch,
): Promise<Sent<T>> {
  try {
    return { kind: "answered", resource: await kind.update(api, id, patch) };
  } catch (error) {
    return { kind: isCertain(error) ? "refused" : "lost", error };
  }
}

/**
 * It is certain that nothing was written in two cases: Cloudflare answered 4xx in its own envelope,
 * or the request never left this machine. A 200, a 5xx or the answer of an intermediary leaves
 * every outcome possible.
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
