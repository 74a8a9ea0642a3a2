import { reportUncaught } from "./async.ts";

export interface Disposable {
  dispose(): void;
}

/** Has the shape of VS Code's event, so that the store runs without VS Code. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

export class Emitter<T> {
  readonly #listeners = new Set<(value: T) => void>();

  readonly event: Event<T> = (listener) => {
    const own = (value: T): void => listener(value);
    this.#listeners.add(own);
    return { dispose: () => this.#listeners.delete(own) };
  };

  /** Never throws. A listener that throws affects neither the other listeners nor the caller. */
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
