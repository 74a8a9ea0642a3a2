import { isApiError } from "../../domain/apiError.ts";
import { type ChangeSet, inverted } from "../../domain/changes/change.ts";
import { lastAction, type WriteEntry } from "../../domain/changes/journal.ts";
import type { WriteResult } from "../../domain/changes/writeResult.ts";
import type { AccountStorage } from "../ports.ts";
import type { SaveOptions } from "./queue.ts";

/** The changes of one user action, which can be undone. */
export interface UndoStep {
  readonly writes: readonly WriteEntry[];
  /** Milliseconds since 1970. */
  readonly at: number;
  /** False for a change by another window, including windows that were closed since. */
  readonly isOwn: boolean;
}

interface UndoOptions {
  readonly storage: Pick<AccountStorage, "journal" | "window">;
  /** False for a write to something that this version doesn't know. */
  isKnown(write: ChangeSet): boolean;
  save(changeSet: ChangeSet, options: SaveOptions): Promise<WriteResult>;
}

/** Undoes steps of the journal with the same checks as any edit. */
export class UndoHistory {
  readonly #options: UndoOptions;
  /** Writes that were taken back here, because the journal may have failed to record that. */
  readonly #undone = new Set<string>();

  constructor(options: UndoOptions) {
    this.#options = options;
  }

  async last(): Promise<UndoStep | undefined> {
    const { storage, isKnown } = this.#options;
    const { journal, window } = storage;
    const entries = await journal.read();
    const known = entries.filter(
      (entry) => entry.kind === "void" || (isKnown(entry) && !this.#undone.has(entry.id)),
    );
    const writes = lastAction(known, window);
    const last = writes.at(-1);
    return last && { writes, at: last.at, isOwn: last.window === window };
  }

  /**
   * Takes back one write of a step and removes it from the journal. A write that failed stays there.
   * Never rejects.
   */
  async undo({ id, ref, changes }: WriteEntry): Promise<WriteResult> {
    const { storage, save } = this.#options;
    const result = await save({ ref, changes: inverted(changes) }, { isUndo: true });
    if (isOver(result)) {
      this.#undone.add(id);
      // The write was taken back all the same. A later window takes it back again, to no effect.
      await storage.journal.append([{ kind: "void", id }]).catch(() => undefined);
    }
    return result;
  }
}

/** A conflict is for the user to decide. A resource that was deleted has nothing to undo. */
function isOver({ failure }: WriteResult): boolean {
  return failure === undefined || (isApiError(failure.error) && failure.error.kind === "notFound");
}
