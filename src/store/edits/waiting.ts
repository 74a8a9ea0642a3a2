import type { Change } from "../../model/edits/edit.ts";
import type { EditResult } from "../../model/edits/editResult.ts";
import { rebase } from "./rebase.ts";

export interface EditOptions {
  /** What is done in one go carries one name, and is undone in one go. */
  readonly action?: string;
  /** An undo isn't itself a step to be undone. */
  readonly isUndo?: boolean;
}

export interface Waiting extends EditOptions {
  readonly changes: readonly Change[];
  /** The same as they were made, by whose identity the state knows them. */
  readonly shown: readonly Change[];
  /** Was refused together with others: the next time by itself. */
  readonly alone?: boolean;
  readonly done: (result: EditResult) => void;
}

/** Edits that wait for their turn, a line for each server. */
export class WaitingEdits {
  readonly #lines = new Map<string, readonly Waiting[]>();

  add(serverId: string, edit: Waiting): void {
    this.#put(serverId, [...this.#line(serverId), edit]);
  }

  /** The edits that are to be written next, as one. */
  take(serverId: string): readonly Waiting[] {
    const all = this.#line(serverId);
    const [first] = all;
    // Undoing isn't mixed with doing: the journal keeps the one and not the other.
    const end = all.findIndex((each) => each.alone === true || each.isUndo !== first?.isUndo);
    const batch = all.slice(0, end === -1 ? all.length : Math.max(1, end));
    this.#put(serverId, all.slice(batch.length));
    return batch;
  }

  /** One of them is at fault, and the others needn't fail with it. */
  takeApart(serverId: string, batch: readonly Waiting[]): void {
    const again = batch.map((each) => ({ ...each, alone: true }));
    this.#put(serverId, [...again, ...this.#line(serverId)]);
  }

  /** Those that wait stand on what became of the one before. */
  rebase(serverId: string, earlier: EditResult): void {
    this.#put(
      serverId,
      this.#line(serverId).map((each) => ({ ...each, changes: rebase(each.changes, earlier) })),
    );
  }

  #line(serverId: string): readonly Waiting[] {
    return this.#lines.get(serverId) ?? [];
  }

  #put(serverId: string, waiting: readonly Waiting[]): void {
    if (waiting.length === 0) this.#lines.delete(serverId);
    else this.#lines.set(serverId, waiting);
  }
}
