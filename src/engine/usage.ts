import type { CloudflareClient } from "../domain/cloudflareClient.ts";
import { type CallScope, offsetAt, type ToolCalls } from "../domain/usage/toolCalls.ts";

/** The longest time that anybody asks about. */
export const USAGE_DAYS = 30;

/** Milliseconds for which counts are as good as new ones. */
const FRESH_MS = 600_000;

interface Asked {
  readonly at: number;
  readonly calls: Promise<ToolCalls>;
}

interface UsageOptions {
  readonly api: Pick<CloudflareClient, "readToolCalls">;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** One account's tool calls. Nothing is fetched before somebody asks. */
export class Usage {
  readonly #api: Pick<CloudflareClient, "readToolCalls">;
  readonly #now: () => number;
  readonly #asked = new Map<string, Asked>();

  constructor({ api, now }: UsageOptions) {
    this.#api = api;
    this.#now = now;
  }

  /**
   * The calls of the last `USAGE_DAYS` days, with today as the last, in days of this machine.
   * Counts are ten minutes old at most. Rejects with an ApiError; the next call then asks again.
   */
  toolCalls(scope: CallScope): Promise<ToolCalls> {
    const key = JSON.stringify(scope.kind === "account" ? [] : [scope.kind, scope.id]);
    const known = this.#asked.get(key);
    if (known !== undefined && this.#now() - known.at < FRESH_MS) {
      return known.calls;
    }
    const at = this.#now();
    const asked = { at, calls: this.#fetch(scope, at) };
    this.#asked.set(key, asked);
    asked.calls.catch(() => {
      if (this.#asked.get(key) === asked) {
        this.#asked.delete(key);
      }
    });
    return asked.calls;
  }

  /** In the background, because a whole account's servers may be asked for at once. */
  #fetch(scope: CallScope, now: number): Promise<ToolCalls> {
    const window = { days: USAGE_DAYS, offset: offsetAt(new Date(now)) };
    return this.#api.readToolCalls(scope, window, { priority: "background" });
  }
}
