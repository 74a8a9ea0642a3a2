import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

/** The CPU time of this thread only, in ms, after a garbage collection. */
export function threadTime(run: () => unknown): number {
  collect();
  const before = process.threadCpuUsage();
  run();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

/** The memory in use after a garbage collection, in MB. */
export function heapUsed(): number {
  collect();
  return process.memoryUsage().heapUsed / 1e6;
}
