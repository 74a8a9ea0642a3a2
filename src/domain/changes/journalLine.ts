import * as v from "valibot";
import type { AccountId } from "../account.ts";
import { SERVER } from "../servers/server.ts";
import type { FieldChange, PartRef } from "./change.ts";
import type { JournalEntry } from "./journal.ts";

interface PartShape {
  readonly kind: string;
  readonly name: string;
  readonly within?: PartShape | undefined;
}

const part: v.GenericSchema<PartShape> = v.object({
  kind: v.string(),
  name: v.string(),
  within: v.optional(v.lazy(() => part)),
});
const value = v.nullable(v.union([v.string(), v.boolean()]));
/** Field changes as files have them. */
export const changesShape = v.array(
  v.object({
    field: v.object({ of: v.optional(part), key: v.string() }),
    from: value,
    to: value,
  }),
);
const written = {
  kind: v.literal("write"),
  id: v.string(),
  action: v.string(),
  window: v.string(),
  at: v.number(),
  changes: changesShape,
  lost: v.optional(changesShape),
};
const entry = v.union([
  v.object({ kind: v.literal("void"), id: v.string() }),
  v.object({ ...written, ref: v.object({ kind: v.string(), id: v.string() }) }),
  // Journals of earlier versions hold only servers, under another key.
  v.object({ ...written, serverId: v.string() }),
]);

/**
 * Reads one line of an account's journal. Returns undefined for a line that a crash left
 * incomplete.
 */
export function readEntry(line: string, accountId: AccountId): JournalEntry | undefined {
  try {
    const read = v.safeParse(entry, JSON.parse(line));
    return read.success ? asEntry(read.output, accountId) : undefined;
  } catch {
    return undefined;
  }
}

function asEntry(read: v.InferOutput<typeof entry>, accountId: AccountId): JournalEntry {
  if (read.kind === "void") {
    return read;
  }
  const { id, action, window, at } = read;
  const ref = "ref" in read ? read.ref : { kind: SERVER, id: read.serverId };
  return {
    kind: "write",
    id,
    action,
    window,
    at,
    ref: { accountId, kind: ref.kind, id: ref.id },
    changes: changesOf(read.changes),
    ...(read.lost === undefined ? {} : { lost: changesOf(read.lost) }),
  };
}

/** JSON has no undefined, so `of` is absent for a field of the resource itself. */
export function changesOf(read: v.InferOutput<typeof changesShape>): readonly FieldChange[] {
  return read.map(({ field, from, to }) => ({
    field: { of: field.of && partOf(field.of), key: field.key },
    from,
    to,
  }));
}

function partOf({ kind, name, within }: PartShape): PartRef {
  return within === undefined ? { kind, name } : { kind, name, within: partOf(within) };
}
