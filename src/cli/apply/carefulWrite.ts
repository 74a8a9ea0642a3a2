import { type FieldChange, refId } from "../../domain/changes/change.ts";
import type { CloudflareClient } from "../../domain/cloudflareClient.ts";
import type { Identified } from "../../domain/resources/resource.ts";
import {
  notSent,
  type Recorder,
  type WriteAttempt,
  type WrittenKind,
  write,
} from "../../engine/edits/write.ts";
import type { Locks } from "../../engine/ports.ts";

interface CarefulOptions<T extends Identified, Patch> {
  readonly kind: WrittenKind<T, Patch>;
  readonly api: CloudflareClient;
  readonly id: string;
  readonly locks: Locks;
}

/** A command's writes are taken back by its files, so there is no journal of them. */
const NO_JOURNAL: Recorder = {
  begin: () => Promise.resolve(),
  cancel: () => Promise.resolve(),
};

/** Writes as the editor does: locked, on top of what is there now, read back. Never rejects. */
export async function carefulWrite<T extends Identified, Patch>(
  changes: readonly FieldChange[],
  { kind, api, id, locks }: CarefulOptions<T, Patch>,
): Promise<WriteAttempt<T>> {
  try {
    for (;;) {
      const written = await locks.run(refId({ kind: kind.name, id }), (lock) =>
        write(changes, { kind, api, id, lock, recorder: NO_JOURNAL }),
      );
      if (written !== undefined) {
        return written;
      }
    }
  } catch (error) {
    return notSent(changes, error);
  }
}
