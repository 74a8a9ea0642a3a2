/**
 * Puts the time of this extension host forward, as on a machine that wakes up: timers don't run
 * faster, but the clock shows a later time. Start it before anything reads the time.
 */
export class AdvancedClock {
  readonly #real = Date.now;
  #ahead = 0;

  constructor() {
    Date.now = () => this.#real() + this.#ahead;
  }

  advance(seconds: number): void {
    this.#ahead += seconds * 1000;
  }

  stop(): void {
    Date.now = this.#real;
  }
}
