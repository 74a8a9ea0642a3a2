import { setImmediate as turn } from "node:timers/promises";

/** Turns of the event loop that handles need to disappear after their owner has ended. */
const turns = 20;

/** Sockets, timers and workers that keep this process alive. */
export async function heldOpen(): Promise<readonly string[]> {
  for (let count = 0; count < turns; count += 1) {
    await turn();
  }
  return process
    .getActiveResourcesInfo()
    .filter((resource) => resource !== "Immediate")
    .sort();
}
