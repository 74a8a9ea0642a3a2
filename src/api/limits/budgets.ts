import type { Clock } from "../wire/clock.ts";
import { Budget } from "./budget.ts";

interface Shared {
  readonly budget: Budget;
  users: number;
}

const shared = new Map<string, Shared>();

/**
 * The budget of one credential, the same for every transport that uses it. Kept for as long as one
 * of them is open.
 */
export function takeBudget(key: string, clock: Clock): { budget: Budget; release: () => void } {
  const entry = shared.get(key) ?? { budget: new Budget(clock), users: 0 };
  shared.set(key, entry);
  entry.users += 1;
  let held = true;
  return {
    budget: entry.budget,
    release() {
      entry.users -= held ? 1 : 0;
      held = false;
      if (entry.users === 0 && shared.get(key) === entry) {
        shared.delete(key);
      }
    },
  };
}
