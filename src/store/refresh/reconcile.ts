import { sameJson } from "../../model/sameJson.ts";
import type { Server } from "../../model/server/server.ts";
import { NONE, newServerState, type ServerState, withTruth } from "../state.ts";
import { Turns } from "../turns.ts";
import { byName } from "./byName.ts";

/** A list from before a server was added or deleted here doesn't say which servers there are. */
export function knownHere(
  servers: ReadonlyMap<string, ServerState>,
  listed: readonly Server[],
): readonly Server[] {
  const found = new Map(listed.map((server) => [server.id, server]));
  return [...servers].map(([id, { truth }]) => found.get(id) ?? truth);
}

/** The same list, in which a server that is as it was is the very object that is known of it. */
export async function recognised(
  servers: ReadonlyMap<string, ServerState>,
  listed: readonly Server[],
): Promise<readonly Server[]> {
  const turns = new Turns();
  const found: Server[] = [];
  for (const server of listed) {
    if (turns.isOver) await turns.next();
    const truth = servers.get(server.id)?.truth;
    found.push(truth !== undefined && sameServer(truth, server) ? truth : server);
  }
  return found;
}

/** What a list tells: its servers, and the ids of those that are in it and couldn't be understood. */
export interface Told {
  readonly items: readonly Server[];
  readonly unreadable: readonly string[];
}

/**
 * The servers of a list, with everything kept that the list can't know: a server that didn't change
 * keeps its object, one that was written or read since the list began keeps its newer truth, and one
 * that can't be understood any more stays as it was.
 */
export function reconcile(
  before: ReadonlyMap<string, ServerState>,
  { items, unreadable }: Told,
  began: ReadonlyMap<string, number>,
): ReadonlyMap<string, ServerState> {
  const read = items.map((server) => {
    const known = before.get(server.id);
    return known === undefined ? newServerState(server) : merge(known, server, began);
  });
  const kept = unreadable.flatMap((id) => before.get(id) ?? []);
  const states = new Map([...read, ...kept].map((state) => [state.truth.id, state]));
  const next = sorted(states.values());
  return sameMap(before, next) ? before : next;
}

function merge(
  known: ServerState,
  listed: Server,
  began: ReadonlyMap<string, number>,
): ServerState {
  // One that came up only now is from an earlier window, and older than the list.
  const newer = known.revision !== (began.get(listed.id) ?? 0) || known.pending.length > 0;
  if (newer) return known;
  const answered = known.refusals.length === 0 ? known : { ...known, refusals: NONE };
  return sameServer(known.truth, listed) ? answered : withTruth(answered, listed);
}

function sameServer(one: Server, other: Server): boolean {
  return one === other || sameJson(one.received, other.received);
}

/** The servers that were ready and aren't any more, by no doing of this window. */
export function worsened(
  before: ReadonlyMap<string, ServerState>,
  after: ReadonlyMap<string, ServerState>,
): readonly Server[] {
  return [...after.values()]
    .filter(
      ({ truth, revision }) =>
        (truth.status === "error" || truth.status === "stale") &&
        before.get(truth.id)?.truth.status === "ready" &&
        before.get(truth.id)?.revision === revision,
    )
    .map(({ truth }) => truth);
}

function sameMap<T>(one: ReadonlyMap<string, T>, other: ReadonlyMap<string, T>): boolean {
  const others = [...other];
  return (
    one.size === other.size &&
    [...one].every(([key, value], index) => {
      const counterpart = others[index];
      return counterpart?.[0] === key && counterpart[1] === value;
    })
  );
}

/** The servers in the order in which they are shown. */
export function sorted(servers: Iterable<ServerState>): ReadonlyMap<string, ServerState> {
  return new Map(
    [...servers]
      .sort((one, other) => byName(one.truth, other.truth))
      .map((server) => [server.truth.id, server]),
  );
}
