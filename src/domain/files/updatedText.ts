import { createScanner, type Edit, type Node, parseTree } from "jsonc-parser";
import type { PartRef, Value } from "../changes/change.ts";
import { valuesByKey } from "../documents/places.ts";
import { entryText, type ResourceDocument, sectionText } from "../documents/resourceDocument.ts";
import { type KeyShape, meant, type PartShape, partRef } from "../documents/shape.ts";
import { FILE_ONLY_KEYS } from "./fileShapes.ts";

/**
 * A file's text with the values that its resource has now. Its order and its comments stay, but for
 * those inside of what goes; what is new comes last. What the file leaves out, and so leaves as it is,
 * stays out. The text has to be without problems.
 */
export function updatedText(text: string, document: ResourceDocument): string {
  const replaced = applied(text, (root) => replacements(root, document.shape, undefined, document));
  const cut = applied(replaced, (root) =>
    removals(replaced, root, document.shape, undefined, document),
  );
  return applied(cut, (root) =>
    insertions(cut, { node: root, depth: 0 }, document.shape, undefined, document),
  );
}

function applied(text: string, editsOf: (root: Node) => readonly Edit[]): string {
  const root = parseTree(text);
  const edits = root === undefined ? [] : editsOf(root);
  return edits
    .toSorted((one, other) => other.offset - one.offset)
    .reduce(
      (seen, { offset, length, content }) =>
        seen.slice(0, offset) + content + seen.slice(offset + length),
      text,
    );
}

/** The parts inside of a part that both the text and the resource have. */
function innerParts(
  node: Node,
  { sections }: PartShape,
  of: PartRef | undefined,
  document: ResourceDocument,
) {
  const values = valuesByKey(node);
  return sections.flatMap(({ key, kind, part }) => {
    const section = values.get(key);
    const listed = new Set(document.listed(of, kind));
    return section === undefined
      ? []
      : [...valuesByKey(section)].flatMap(([name, inner]) =>
          typeof name === "string" && listed.has(name)
            ? [{ inner, part, ref: partRef(kind, name, of) }]
            : [],
        );
  });
}

function replacements(
  node: Node,
  shape: PartShape,
  of: PartRef | undefined,
  document: ResourceDocument,
): readonly Edit[] {
  const values = valuesByKey(node);
  const own = shape.keys.flatMap((key) => {
    const present = values.get(key.key);
    const content = present && stated(key, of, document);
    return present === undefined || content === undefined || isSame(key, of, present, document)
      ? []
      : [{ offset: present.offset, length: present.length, content }];
  });
  const inner = innerParts(node, shape, of, document).flatMap((each) =>
    replacements(each.inner, each.part, each.ref, document),
  );
  return [...own, ...inner];
}

/** The value as text; undefined where the file may not have the key, or has it for itself. */
function stated(
  { key, none }: KeyShape,
  of: PartRef | undefined,
  document: ResourceDocument,
): string | undefined {
  if (of === undefined && FILE_ONLY_KEYS.has(key)) {
    return undefined;
  }
  const value = document.value({ of, key });
  return value === null && none === undefined ? undefined : JSON.stringify(value ?? none);
}

function isSame(
  key: KeyShape,
  of: PartRef | undefined,
  { value }: Node,
  document: ResourceDocument,
): boolean {
  const field = { of, key: key.key };
  const present: Value = typeof value === "string" || typeof value === "boolean" ? value : null;
  return document.same(field, meant(key, present), document.value(field));
}

function removals(
  text: string,
  node: Node,
  shape: PartShape,
  of: PartRef | undefined,
  document: ResourceDocument,
): readonly Edit[] {
  const values = valuesByKey(node);
  const gone = new Set(
    shape.keys
      .filter(
        (key) =>
          !(of === undefined && FILE_ONLY_KEYS.has(key.key)) &&
          stated(key, of, document) === undefined,
      )
      .map(({ key }) => key),
  );
  const entries = shape.sections.flatMap(({ key, kind }) => {
    const section = values.get(key);
    const listed = new Set(document.listed(of, kind));
    return section === undefined
      ? []
      : withoutProperties(text, section, (name) => !listed.has(name));
  });
  const inner = innerParts(node, shape, of, document).flatMap((each) =>
    removals(text, each.inner, each.part, each.ref, document),
  );
  return [...withoutProperties(text, node, (name) => gone.has(name)), ...entries, ...inner];
}

/** Comments between what goes and what stays are kept. */
function withoutProperties(
  text: string,
  { children = [] }: Node,
  isGone: (key: string) => boolean,
): readonly Edit[] {
  const runs: { readonly first: number; last: number }[] = [];
  for (const [index, { children: [key] = [] }] of children.entries()) {
    if (!isGone(String(key?.value))) {
      continue;
    }
    const run = runs.at(-1);
    if (run?.last === index - 1) {
      run.last = index;
    } else {
      runs.push({ first: index, last: index });
    }
  }
  return runs.flatMap(({ first, last }) => {
    const [from, to] = [children[first], children[last]];
    return from === undefined || to === undefined
      ? []
      : withoutRun(text, { from, to, before: children[first - 1], after: children[last + 1] });
  });
}

interface Run {
  readonly from: Node;
  readonly to: Node;
  readonly before: Node | undefined;
  readonly after: Node | undefined;
}

function withoutRun(text: string, { from, to, before, after }: Run): readonly Edit[] {
  if (after !== undefined) {
    const isBare = !text.slice(endOf(to), after.offset).includes("/");
    return [cut(from.offset, isBare ? after.offset : commaAfter(text, to) + 1)];
  }
  if (before === undefined) {
    return [cut(from.offset, endOf(to))];
  }
  if (!text.slice(endOf(before), from.offset).includes("/")) {
    return [cut(endOf(before), endOf(to))];
  }
  const comma = commaAfter(text, before);
  return [cut(comma, comma + 1), cut(from.offset, endOf(to))];
}

function cut(start: number, end: number): Edit {
  return { offset: start, length: end - start, content: "" };
}

function endOf({ offset, length }: Node): number {
  return offset + length;
}

function commaAfter(text: string, node: Node): number {
  const scanner = createScanner(text, true);
  scanner.setPosition(endOf(node));
  scanner.scan();
  return scanner.getTokenOffset();
}

interface At {
  readonly node: Node;
  /** The number of keys above it. */
  readonly depth: number;
}

function insertions(
  text: string,
  { node, depth }: At,
  shape: PartShape,
  of: PartRef | undefined,
  document: ResourceDocument,
): readonly Edit[] {
  const values = valuesByKey(node);
  const indent = "  ".repeat(depth + 1);
  const keys = shape.keys.flatMap((key) => {
    const isMissing = !values.has(key.key) && key.leftOut === "clears";
    const content = isMissing ? stated(key, of, document) : undefined;
    const field = { of, key: key.key };
    const isDefault = document.same(
      field,
      document.value(field),
      document.leftOut(field, undefined),
    );
    return content === undefined || isDefault ? [] : [`${JSON.stringify(key.key)}: ${content}`];
  });
  const missing = shape.sections
    .filter(({ key, kind }) => !values.has(key) && document.isNeeded(of, kind))
    .map((section) => sectionText(document, section, of, indent));
  const entries = shape.sections.flatMap((section) => {
    const present = values.get(section.key);
    const names = present && valuesByKey(present);
    const added = [...document.listed(of, section.kind)].filter(
      (name) => names?.has(name) === false,
    );
    return present === undefined
      ? []
      : inserted(
          text,
          { node: present, depth: depth + 1 },
          added.map((name) => entryText(document, section, { name, within: of }, `${indent}  `)),
        );
  });
  const inner = innerParts(node, shape, of, document).flatMap((each) =>
    insertions(text, { node: each.inner, depth: depth + 2 }, each.part, each.ref, document),
  );
  return [...inserted(text, { node, depth }, [...keys, ...missing]), ...entries, ...inner];
}

/** Adds properties at the end of an object, behind a comment on the line of its last one. */
function inserted(
  text: string,
  { node, depth }: At,
  properties: readonly string[],
): readonly Edit[] {
  if (properties.length === 0) {
    return [];
  }
  const last = node.children?.at(-1);
  const isOnOneLine = !text.slice(node.offset, endOf(node)).includes("\n");
  if (isOnOneLine && (last !== undefined || depth % 2 === 0)) {
    const list = properties.join(", ");
    return last === undefined
      ? [{ offset: node.offset + 1, length: 0, content: ` ${list} ` }]
      : [{ offset: endOf(last), length: 0, content: `, ${list}` }];
  }
  const line = `\n${"  ".repeat(depth + 1)}`;
  const lines = properties.map((each) => `${line}${each}`).join(",");
  if (last === undefined) {
    const end = isOnOneLine ? `\n${"  ".repeat(depth)}` : "";
    return [{ offset: node.offset + 1, length: 0, content: `${lines}${end}` }];
  }
  const behind = commentEnd(text, endOf(last));
  return behind === endOf(last)
    ? [{ offset: behind, length: 0, content: `,${lines}` }]
    : [
        { offset: endOf(last), length: 0, content: "," },
        { offset: behind, length: 0, content: lines },
      ];
}

/** Where the comments end that stand behind an offset on its line; the offset itself without one. */
function commentEnd(text: string, offset: number): number {
  let end = offset;
  for (let at = blankEnd(text, offset); text[at] === "/"; at = blankEnd(text, end)) {
    const isBlock = text[at + 1] === "*";
    const close = text.indexOf(isBlock ? "*/" : "\n", at + 2);
    if (!isBlock || close === -1) {
      return close === -1 ? text.length : close;
    }
    end = close + 2;
  }
  return end;
}

function blankEnd(text: string, offset: number): number {
  let at = offset;
  while (text[at] === " " || text[at] === "\t") {
    at += 1;
  }
  return at;
}
