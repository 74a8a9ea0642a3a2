import { type Busy, type Measure, medianOf } from "./busy.ts";

/** One action, in VS Code's own views or in ours. */
export interface Act {
  /** Prepares the view. Isn't measured. */
  readonly before?: (round: number) => Promise<unknown>;
  /** Resolves when the result is on screen. */
  readonly run: (round: number) => Promise<void>;
  /** Resolves when the work after it is over; that counts for the blocked time but not for `ms`. */
  readonly after?: () => Promise<void>;
  /** Takes it back. Isn't measured. */
  readonly undo?: (round: number) => Promise<unknown>;
}

/** The same act in both. */
export interface Pair {
  readonly peer: Act;
  readonly ours: Act;
}

interface Measured {
  readonly peer: Busy;
  readonly ours: Busy;
}

/** A median of so many repeats in the next run. */
const ROUNDS = 5;

/**
 * The median of each side. They take turns, so that a machine that gets faster or slower or has
 * other work affects both alike.
 */
async function measurePair(
  measure: Measure,
  { peer, ours }: Pair,
  rounds = ROUNDS,
): Promise<Measured> {
  const peers: Busy[] = [];
  const own: Busy[] = [];
  for (let round = 0; round < rounds; round += 1) {
    peers.push(await measureAct(measure, peer, round));
    own.push(await measureAct(measure, ours, round));
  }
  return { peer: medianOf(peers), ours: medianOf(own) };
}

async function measureAct(measure: Measure, act: Act, round: number): Promise<Busy> {
  await act.before?.(round);
  const busy = await measure.busy(() => act.run(round), act.after);
  await act.undo?.(round);
  return busy;
}

/** One act after the other, in the order in which they stand. */
export async function measureAll<Name extends string>(
  measure: Measure,
  acts: Readonly<Record<Name, Pair>>,
  rounds = ROUNDS,
): Promise<Readonly<Record<Name, Measured>>> {
  const names = Object.keys(acts) as Name[];
  const measured: [Name, Measured][] = [];
  for (const name of names) {
    measured.push([name, await measurePair(measure, acts[name], rounds)]);
  }
  return Object.fromEntries(measured) as Record<Name, Measured>;
}
