import type { Keeping } from "../ports.ts";
import type { Recorder } from "./write.ts";

/** Enters one write into the journal; an undo leaves no step of its own. */
export function recorderFor(
  { journal, window, now }: Keeping,
  serverId: string,
  { action, isUndo }: { readonly action?: string; readonly isUndo?: boolean },
): Recorder {
  const id = crypto.randomUUID();
  if (isUndo === true) return { begin: async () => undefined, cancel: async () => undefined };
  return {
    begin: (changes) =>
      journal.append([
        { kind: "write", id, action: action ?? id, window, at: now(), serverId, changes },
      ]),
    cancel: () => journal.append([{ kind: "void", id }]),
  };
}
