import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Below the ports that systems hand out, which any connection of anybody may get. */
const LOWEST = 20_000;
const HIGHEST = 32_000;

const TRIES = 100;

/**
 * A port for a program that is to stand at the same address after a restart: nobody else is given
 * it meanwhile.
 */
export async function findLastingPort(): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = randomInt(LOWEST, HIGHEST);
    if (await isFree(port)) {
      return port;
    }
  }
  throw new Error(`No port is free between ${LOWEST} and ${HIGHEST}.`);
}

/** Whether a program could listen there, on loopback. */
export function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
