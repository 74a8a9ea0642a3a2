import {
  type Edit,
  findNodeAtLocation,
  findNodeAtOffset,
  type Node,
  parseTree,
} from "jsonc-parser";
import type { Value } from "../changes/change.ts";

/** A property of a document, with its place. */
export interface PropertyAt {
  readonly key: string;
  readonly keyNode: Node;
  readonly value: Node;
  /** The keys above it, the section first; empty for a property of the resource. */
  readonly above: readonly string[];
  /** All keys of its object, including its own. */
  readonly present: ReadonlySet<string>;
  readonly node: Node;
}

/** The property whose key or value begins at an offset. */
export function propertyAt(root: Node, offset: number): PropertyAt | undefined {
  const node = findNodeAtOffset(root, offset)?.parent;
  const [keyNode, value] = node?.children ?? [];
  if (node?.type !== "property" || keyNode === undefined || value === undefined) {
    return undefined;
  }
  const siblings = node.parent?.children ?? [];
  const present = new Set(siblings.map(keyOf));
  return { key: keyOf(node), keyNode, value, above: keysAbove(node), present, node };
}

function keysAbove(property: Node): readonly string[] {
  const above = property.parent?.parent;
  return above === undefined ? [] : [...keysAbove(above), keyOf(above)];
}

function keyOf({ children }: Node): string {
  return String(children?.[0]?.value);
}

/**
 * Removes a property with its comma. It takes a node and not a path, because a path finds only the
 * first of two equal keys.
 */
export function removal({ node }: PropertyAt): Edit {
  const siblings = node.parent?.children ?? [];
  const index = siblings.indexOf(node);
  const previous = siblings[index - 1];
  const next = siblings[index + 1];
  const start = previous === undefined ? node.offset : previous.offset + previous.length;
  const end =
    previous === undefined && next !== undefined ? next.offset : node.offset + node.length;
  return { offset: start, length: end - start, content: "" };
}

export function replacement({ offset, length }: Node, content: string): Edit {
  return { offset, length, content };
}

/**
 * Adds a property at the end of an object, in the layout of a document.
 * @param property key and value, as text
 * @param above keys above the property
 */
export function insertion(object: Node, property: string, above: Path): Edit {
  const [start, end] = isOnOneLine(above)
    ? [" ", " "]
    : [`\n${"  ".repeat(above.length + 1)}`, `\n${"  ".repeat(above.length)}`];
  const last = object.children?.at(-1);
  return last === undefined
    ? { offset: object.offset + 1, length: 0, content: `${start}${property}${end}` }
    : { offset: last.offset + last.length, length: 0, content: `,${start}${property}` };
}

/**
 * The entry of a tool or prompt stands on one line. Keys and names take turns in a path, so a server
 * may be called `tools`.
 */
function isOnOneLine(path: Path): boolean {
  const section = path.at(-2);
  return path.length % 2 === 0 && (section === "tools" || section === "prompts");
}

/** Keys of the document, the outermost first. */
type Path = readonly string[];

/**
 * Sets the property at a path, and adds the objects above it; undefined removes it. Where another
 * value is in the way, the text stays as it is.
 */
export function withProperty(text: string, path: Path, value: Value | undefined): string {
  const root = parseTree(text);
  const edit = root && setting(root, path, value);
  if (edit === undefined) {
    return text;
  }
  return text.slice(0, edit.offset) + edit.content + text.slice(edit.offset + edit.length);
}

/** The same, as an edit; undefined where nothing has to change. */
export function setting(root: Node, path: Path, value: Value | undefined): Edit | undefined {
  const present = findNodeAtLocation(root, [...path]);
  if (present === undefined) {
    return value === undefined ? undefined : inserted(root, path, value);
  }
  if (value !== undefined) {
    return replacement(present, JSON.stringify(value));
  }
  const at = propertyAt(root, present.offset);
  return at && removal(at);
}

function inserted(root: Node, path: Path, value: Value): Edit | undefined {
  const above = path.findLastIndex((_, index) => findNodeAtLocation(root, path.slice(0, index)));
  const object = findNodeAtLocation(root, path.slice(0, above));
  if (object?.type !== "object") {
    return undefined;
  }
  return insertion(
    object,
    propertyText(path.slice(above), value, path.slice(0, above)),
    path.slice(0, above),
  );
}

/** @param above keys above the property */
function propertyText([key = "", ...below]: Path, value: Value, above: Path): string {
  if (below.length === 0) {
    return `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
  }
  const path = [...above, key];
  const inner = propertyText(below, value, path);
  const indent = "  ".repeat(path.length);
  const content = isOnOneLine(path) ? `{ ${inner} }` : `{\n${indent}  ${inner}\n${indent}}`;
  return `${JSON.stringify(key)}: ${content}`;
}
