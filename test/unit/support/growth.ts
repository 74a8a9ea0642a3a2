/** What work is compared by. */
export interface Growth {
  /** How many times the work of the small text the large one may take. */
  readonly most: number;
  /** In microseconds of the processor. Where the large text takes less, there is nothing to compare. */
  readonly nothing: number;
}

/**
 * A try can only be too slow, never too fast: another program may have the caches, the collector may
 * run. The least of many tries comes near the real work, and only a failure needs many of them.
 */
const TRIES = 40;
/** In microseconds. What takes so long isn't slow by chance. */
const PATIENCE = 4_000_000;

/**
 * How many times as much work the large text takes; 1 where it takes hardly any. Measures until the
 * quotient is below `most`.
 */
export function growthOf(
  small: () => unknown,
  large: () => unknown,
  { most, nothing }: Growth,
): number {
  let ofLarge = Number.POSITIVE_INFINITY;
  let ofSmall = Number.POSITIVE_INFINITY;
  let times = Number.POSITIVE_INFINITY;
  const start = process.cpuUsage().user;
  for (let tries = 0; tries < TRIES && times >= most; tries += 1) {
    if (process.cpuUsage().user - start > PATIENCE) {
      break;
    }
    ofLarge = Math.min(ofLarge, workOf(large));
    if (ofLarge < nothing) {
      return 1;
    }
    ofSmall = Math.min(ofSmall, workOf(small));
    times = ofLarge / Math.max(ofSmall, nothing / most);
  }
  return times;
}

/**
 * Microseconds of the processor, because the machine may be busy with something else. Those of the
 * whole process: `threadCpuUsage` has been seen to move in steps of 4 ms.
 */
function workOf(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
