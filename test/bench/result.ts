/** One line of the table. `ours` and `peer` are in milliseconds or megabytes, as `name` says. */
export interface Result {
  readonly name: string;
  readonly ours: number;
  readonly peer: number;
  readonly ratio: number;
  readonly target: number;
  readonly holds: boolean;
}

export function compared(name: string, ours: number, peer: number, target: number): Result {
  const ratio = ours / peer;
  return {
    name,
    ours: round(ours),
    peer: round(peer),
    ratio: round(ratio),
    target,
    holds: ratio <= target,
  };
}

/** Three decimals, because runs differ in the rest. */
function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) {
    throw new Error("no values");
  }
  return (low + high) / 2;
}

/**
 * The median of each. They are run in turn, so that a machine that gets faster or slower affects
 * all alike.
 */
export async function inTurn<Name extends string>(
  rounds: number,
  runs: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Readonly<Record<Name, number>>> {
  const names = Object.keys(runs) as Name[];
  const taken = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) {
      taken.get(name)?.push(await runs[name]());
    }
  }
  const medians = names.map((name) => [name, median(taken.get(name) ?? [])] as const);
  return Object.fromEntries(medians) as Record<Name, number>;
}
