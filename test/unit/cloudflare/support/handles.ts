import { setImmediate as turn } from "node:timers/promises";

/** Handles that end with their owner need a few turns of the event loop to go. */
const turns = 20;

/** What keeps this process alive once what is ending has ended: sockets, timers, workers. */
export async function heldOpen(): Promise<readonly string[]> {
  for (let count = 0; count < turns; count += 1) {
    await turn();
  }
  return process
    .getActiveResourcesInfo()
    .filter((resource) => resource !== "Immediate")
    .sort();
}
