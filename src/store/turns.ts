/** Somebody who types or clicks meanwhile doesn't notice a wait of this many milliseconds. */
const LONGEST_MS = 12;

/** Long work in turns, so that whoever comes meanwhile waits for one of them and not for all. */
export class Turns {
  #began = performance.now();

  get isOver(): boolean {
    return performance.now() - this.#began > LONGEST_MS;
  }

  /** Goes on when those had their turn who were waiting. */
  async next(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    this.#began = performance.now();
  }
}
