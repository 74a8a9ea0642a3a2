import { isRecord, readJsonRecord } from "../../base/json.ts";
import type { AccountId } from "../account.ts";
import { type AcceptedServer, acceptedIn, type ReadLock, readLockOf } from "./lockFile.ts";

/** What stands before the first server, behind the last one, and at the end of each. */
const BEGIN = '\n  "accepted": {';
const END = "\n  },\n";
const SERVER_END = "\n    }";

/**
 * Reads a lock file as `readLockOf` does, and yields after each server, so that what waits for the thread
 * needn't wait for 20 MB. A file that isn't laid out as ours is read in one piece.
 */
export function* readLockInPieces(account: AccountId, text: string): Generator<void, ReadLock> {
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END, begin);
  if (begin < 0 || end < 0) {
    return readLockOf(account, text);
  }
  const accepted = new Map<string, AcceptedServer>();
  for (let at = begin + BEGIN.length; at !== end; ) {
    const to = text.indexOf(SERVER_END, at) + SERVER_END.length;
    const server = to > at && to <= end ? serverIn(text.slice(at, to)) : undefined;
    // A comma has to follow, and behind it another server.
    const isFollowed = text[to] === "," && to + 1 < end;
    if (server === undefined || (to !== end && !isFollowed)) {
      return readLockOf(account, text);
    }
    accepted.set(...server);
    at = to === end ? end : to + 1;
    yield;
  }
  const rest = readLockOf(account, text.slice(0, begin + BEGIN.length) + text.slice(end));
  return "lock" in rest && rest.lock.accepted.size === 0
    ? { lock: { ...rest.lock, accepted } }
    : readLockOf(account, text);
}

/** Undefined for a text that isn't one server with its id. */
function serverIn(text: string): readonly [string, AcceptedServer] | undefined {
  const [entry, ...more] = Object.entries(readJsonRecord(`{${text}}`) ?? {});
  const [id, value] = entry ?? [];
  const server = isRecord(value) ? acceptedIn(value) : undefined;
  return id === undefined || server === undefined || more.length > 0 ? undefined : [id, server];
}
