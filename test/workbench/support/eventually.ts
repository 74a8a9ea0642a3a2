import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";

const LIMIT_MS = 30_000;
const PAUSE_MS = 50;

/** Reads until the value is `expected`. Fails with the last difference. */
export async function eventually<T>(
  read: () => Promise<T>,
  expected: T,
  limit = LIMIT_MS,
): Promise<void> {
  const deadline = Date.now() + limit;
  for (;;) {
    try {
      return assert.deepEqual(await read(), expected);
    } catch (error) {
      if (Date.now() > deadline) {
        throw error;
      }
    }
    await delay(PAUSE_MS);
  }
}

/** Reads until `isGood` accepts the value, and returns it. */
export async function until<T>(
  read: () => Promise<T>,
  isGood: (answer: T) => boolean,
  what: string,
): Promise<T> {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const answer = await read();
    if (isGood(answer)) {
      return answer;
    }
    if (Date.now() > deadline) {
      throw new Error(`${what} never came; the last was ${JSON.stringify(answer, null, 2)}`);
    }
    await delay(PAUSE_MS);
  }
}
