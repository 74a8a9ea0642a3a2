import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Below the ports that systems assign to connections. */
const LOWEST = 20_000;
const HIGHEST = 32_000;

const TRIES = 100;

/**
 * A port for a program that uses the same address after a restart. The system assigns it to no
 * other program meanwhile.
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

/** True when a program could listen on this port, on loopback. */
export function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
