/** What is done to files that may be removed for good: once that is near, nothing begins any more. */
export class Lifetime {
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #ended = new AbortController();

  /** Rejects with an AbortError after the end. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    this.#ended.signal.throwIfAborted();
    const running = task();
    this.#underWay.add(running);
    try {
      return await running;
    } finally {
      this.#underWay.delete(running);
    }
  }

  /** Resolves when nothing is under way any more. */
  async end(): Promise<void> {
    this.#ended.abort();
    await Promise.allSettled(this.#underWay);
  }
}
