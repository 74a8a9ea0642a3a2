import type { FieldChange, Ref } from "../../domain/changes/change.ts";
import { addLost, forgetLost, type LostChanges, readLost } from "../../domain/changes/lost.ts";
import type { LostStore, SharedJson } from "../ports.ts";

/** What writes removed beside their changes, in a file of the account that all windows share. */
export class LostValues implements LostStore {
  readonly #file: SharedJson;
  readonly #now: () => number;

  constructor(file: SharedJson, now: () => number = Date.now) {
    this.#file = file;
    this.#now = now;
  }

  /** Read from the file each time, because other windows write to it too. */
  get all(): readonly LostChanges[] {
    return readLost(this.#file.read());
  }

  add(ref: Ref, changes: readonly FieldChange[]): Promise<void> {
    const at = this.#now();
    return this.#file.update((value) => addLost(readLost(value), ref, { at, changes }));
  }

  /** @param fields the ids of the fields whose values nobody wants back */
  forget(ref: Ref, fields: ReadonlySet<string>): Promise<void> {
    return this.#file.update((value) => forgetLost(readLost(value), ref, fields));
  }
}
