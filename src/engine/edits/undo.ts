import { isApiError } from "../../domain/apiError.ts";
import { inverted } from "../../domain/changes/change.ts";
import { lastAction, type WriteEntry } from "../../domain/changes/journal.ts";
import type { WriteResult } from "../../domain/changes/writeResult.ts";
import type { AccountStorage } from "../ports.ts";
import type { EditQueue } from "./queue.ts";

/** What was done in one go and can be undone. */
export interface UndoStep {
  readonly writes: readonly WriteEntry[];
  /** Milliseconds since 1970. */
  readonly at: number;
  /** False for a change of another window, or of one that was closed. */
  readonly isOwn: boolean;
}

export interface Undone {
  readonly serverId: string;
  readonly result: WriteResult;
}

/** Takes steps of the journal back, as carefully as they were made. */
export class UndoHistory {
  readonly #edits: EditQueue;
  readonly #storage: AccountStorage;

  constructor(edits: EditQueue, storage: AccountStorage) {
    this.#edits = edits;
    this.#storage = storage;
  }

  async last(): Promise<UndoStep | undefined> {
    const { journal, window } = this.#storage;
    const writes = lastAction(await journal.read(), window);
    const last = writes.at(-1);
    return last && { writes, at: last.at, isOwn: last.window === window };
  }

  /** The step is gone afterwards, but for what couldn't be written: that can be undone again. */
  undo({ writes }: UndoStep): Promise<readonly Undone[]> {
    return Promise.all(writes.map((entry) => this.#undo(entry)));
  }

  async #undo({ id, serverId, changes }: WriteEntry): Promise<Undone> {
    const result = await this.#edits.edit(serverId, inverted(changes), { isUndo: true });
    if (isOver(result)) {
      await this.#storage.journal.append([{ kind: "void", id }]);
    }
    return { serverId, result };
  }
}

/** A dispute is the person's to decide, and a server that is gone has nothing to undo. */
function isOver({ failure }: WriteResult): boolean {
  return failure === undefined || (isApiError(failure.error) && failure.error.kind === "notFound");
}
