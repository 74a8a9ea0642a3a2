import { isRecord, type JsonRecord } from "../base/json.ts";
import { ApiError, isApiError } from "../domain/apiError.ts";
import type { Call, Envelope, Transport } from "./transport/call.ts";

/** Milliseconds by which Cloudflare's clock and its database may differ. */
const CLOCK_SLACK_MS = 5000;

type Look = (failure: ApiError) => Promise<Envelope | undefined>;

/**
 * Looks for a resource that a failed POST may have created. `call` reads that resource. `sent` has
 * the values that distinguish it from another person's.
 */
export function lookForCreated(transport: Transport, call: Call, sent: JsonRecord): Look {
  const startedAt = performance.now();
  return async (failure) => {
    const found = await read(transport, call, failure);
    if (found === undefined || isOurs(found, sent, performance.now() - startedAt)) {
      return found;
    }
    throw new ApiError(`${call.path}: somebody else's resource has this id`, {
      kind: "conflict",
      reason: "refused",
      status: failure.status,
      problems: failure.problems,
      rayId: failure.rayId,
      cause: failure,
    });
  };
}

/** Looks whether a failed DELETE removed its resource. `call` reads that resource. */
export function lookForGone(transport: Transport, call: Call): Look {
  return async (failure) => {
    const found = await read(transport, call, failure);
    return found === undefined ? GONE : undefined;
  };
}

const GONE: Envelope = {
  status: 200,
  result: undefined,
  info: undefined,
  rayId: undefined,
  serverTime: undefined,
};

/**
 * Undefined for a resource that doesn't exist. Rethrows the first failure where the answer isn't
 * known, because then nothing may be sent again.
 */
async function read(
  transport: Transport,
  call: Call,
  failure: ApiError,
): Promise<Envelope | undefined> {
  try {
    return await transport.request(call);
  } catch (error) {
    if (isApiError(error) && error.kind === "notFound") {
      return undefined;
    }
    throw isApiError(error) ? failure : error;
  }
}

/**
 * True for the same resource, unless it is older than our call: an older one may have other
 * credentials. Both times come from Cloudflare's clocks.
 */
function isOurs({ result, serverTime }: Envelope, sent: JsonRecord, elapsedMs: number): boolean {
  if (!isRecord(result)) {
    return false;
  }
  const same = Object.entries(sent).every(([key, value]) => result[key] === value);
  const createdAt = result["created_at"];
  const created = typeof createdAt === "string" ? Date.parse(createdAt) : Number.NaN;
  const older = serverTime !== undefined && created < serverTime - elapsedMs - CLOCK_SLACK_MS;
  return same && !older;
}
