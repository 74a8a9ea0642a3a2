import { type Change, OVERRIDE_KEYS } from "../edits/edit.ts";
import { type Field, sameValue, type Value } from "../edits/field.ts";
import type { CapabilityKind } from "../server/capability.ts";
import { type DocumentContent, readDocument } from "./text.ts";

/**
 * What somebody changed of a document. `base` is the text that they saw, which says what each field
 * was: what was changed elsewhere since is for the merge to find out.
 */
export function documentChanges(base: string, text: string): readonly Change[] {
  const before = readDocument(base);
  const after = readDocument(text);
  return [
    ...serverChanges(before, after),
    ...sectionChanges("tool", before, after),
    ...sectionChanges("prompt", before, after),
  ];
}

/** Left out, it changes nothing. */
function serverChanges(before: DocumentContent, after: DocumentContent): readonly Change[] {
  return [...after.server].flatMap(([key, to]) =>
    change({ of: undefined, key }, before.server.get(key) ?? null, to),
  );
}

/** An entry that isn't there says nothing of any field. */
function sectionChanges(
  kind: CapabilityKind,
  before: DocumentContent,
  after: DocumentContent,
): readonly Change[] {
  const old = before.sections[kind];
  const now = after.sections[kind];
  const names = new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])]);
  return [...names].flatMap((name) =>
    OVERRIDE_KEYS.flatMap((key) =>
      change(
        { of: { kind, name }, key },
        old?.get(name)?.values[key] ?? null,
        now?.get(name)?.values[key] ?? null,
      ),
    ),
  );
}

function change(field: Field, from: Value, to: Value): readonly Change[] {
  return sameValue(field, from, to) ? [] : [{ field, from, to }];
}

/** Of how many tools and prompts something changes. */
export function changedCapabilities(changes: readonly Change[]): number {
  return new Set(changes.flatMap(({ field: { of } }) => (of ? [JSON.stringify(of)] : []))).size;
}
