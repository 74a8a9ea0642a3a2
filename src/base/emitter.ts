import { reportUncaught } from "./async.ts";

export interface Disposable {
  dispose(): void;
}

/** Shaped like VS Code's event, so that the store runs without a host. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

export class Emitter<T> {
  readonly #listeners = new Set<(value: T) => void>();

  readonly event: Event<T> = (listener) => {
    const own = (value: T): void => listener(value);
    this.#listeners.add(own);
    return { dispose: () => this.#listeners.delete(own) };
  };

  /** Never throws: a listener that does has neither the others nor who fires to do with it. */
  fire(value: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(value);
      } catch (error) {
        reportUncaught(error);
      }
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
