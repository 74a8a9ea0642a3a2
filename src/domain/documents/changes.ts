import { memoize } from "../../base/memo.ts";
import { type FieldChange, fieldId, type PartRef, type Value } from "../changes/change.ts";
import { type PartContent, readDocument } from "./parse.ts";
import type { ResourceDocument } from "./resourceDocument.ts";
import { type PartShape, partRef } from "./shape.ts";

/**
 * The changes that a person made to a document. `base` is the text that they started from; it gives
 * each change its `from`. Changes made elsewhere since are found by the merge.
 */
export function documentChanges(
  document: ResourceDocument,
  base: string,
  text: string,
): readonly FieldChange[] {
  const { shape } = document;
  const before = base === document.text ? ownContent(document) : readDocument(base, shape);
  const after = readDocument(text, shape);
  return partChanges(document, shape, undefined, { part: before }, { part: after });
}

/** Read once, because each keystroke is compared with it. */
const ownContent = memoize((document: ResourceDocument) =>
  readDocument(document.text, document.shape),
);

/** A part in a text; undefined where it is left out. */
interface Side {
  readonly part: PartContent | undefined;
  readonly owner?: PartContent | undefined;
}

function partChanges(
  document: ResourceDocument,
  shape: PartShape,
  of: PartRef | undefined,
  before: Side,
  after: Side,
): readonly FieldChange[] {
  return [
    ...presenceChange(shape, of, before, after),
    ...keyChanges(document, shape, of, before, after),
    ...sectionChanges(document, shape, of, before.part, after.part),
  ];
}

function presenceChange(
  { presence }: PartShape,
  of: PartRef | undefined,
  before: Side,
  after: Side,
): readonly FieldChange[] {
  const [from, to] = [before, after].map(({ part }) => (part === undefined ? null : true));
  return presence === undefined || from === undefined || to === undefined || from === to
    ? []
    : [{ field: { of, key: presence }, from, to }];
}

function keyChanges(
  document: ResourceDocument,
  { keys }: PartShape,
  of: PartRef | undefined,
  before: Side,
  after: Side,
): readonly FieldChange[] {
  return keys.flatMap(({ key, leftOut }) => {
    const field = { of, key };
    const valueIn = ({ part, owner }: Side): Value =>
      part?.values.get(key)?.value ?? document.leftOut(field, owner);
    const isStated = after.part?.values.has(key) === true;
    const wasStated = before.part?.values.has(key) === true;
    if (!isStated && (!wasStated || (leftOut === "keeps" && after.part !== undefined))) {
      return [];
    }
    const [from, to] = [valueIn(before), valueIn(after)];
    return document.same(field, from, to) ? [] : [{ field, from, to }];
  });
}

function sectionChanges(
  document: ResourceDocument,
  { sections }: PartShape,
  within: PartRef | undefined,
  before: PartContent | undefined,
  after: PartContent | undefined,
): readonly FieldChange[] {
  return sections.flatMap(({ key, kind, part }) => {
    const old = before?.sections.get(key);
    const now = after?.sections.get(key);
    const names = new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])]);
    return [...names].flatMap((name) => {
      const [from, to] = [old?.get(name), now?.get(name)];
      return saysTheSame(from, to)
        ? []
        : partChanges(
            document,
            part,
            partRef(kind, name, within),
            { part: from, owner: before },
            { part: to, owner: after },
          );
    });
  });
}

/** Tells most of the parts of a long document without looking at each of their keys. */
function saysTheSame(one: PartContent | undefined, other: PartContent | undefined): boolean {
  return (
    one !== undefined &&
    other !== undefined &&
    one.sections.size + other.sections.size === 0 &&
    one.values.size === other.values.size &&
    [...one.values].every(([key, { value }]) => other.values.get(key)?.value === value)
  );
}

/** The number of tools and prompts that the changes concern. */
export function changedCapabilities(changes: readonly FieldChange[]): number {
  const parts = changes.flatMap(({ field: { of } }) =>
    of?.kind === "tool" || of?.kind === "prompt" ? [fieldId({ of, key: "" })] : [],
  );
  return new Set(parts).size;
}
