import { type Edit, findNodeAtLocation, type Node, parseTree } from "jsonc-parser";
import type { Value } from "../edits/field.ts";
import { insertion, propertyAt, removal, replacement } from "./property.ts";

/** Of which key of the document, from the outermost one. */
type Path = readonly string[];

/**
 * The text with the property of a path, and with what has to stand above it; undefined takes it out.
 * What has something else in its way stays as it is.
 */
export function withProperty(text: string, path: Path, value: Value | undefined): string {
  const root = parseTree(text);
  const edit = root && setting(root, path, value);
  if (edit === undefined) return text;
  return text.slice(0, edit.offset) + edit.content + text.slice(edit.offset + edit.length);
}

/** The same as an edit; undefined where there is nothing to do. */
export function setting(root: Node, path: Path, value: Value | undefined): Edit | undefined {
  const present = findNodeAtLocation(root, [...path]);
  if (present === undefined) return value === undefined ? undefined : inserted(root, path, value);
  if (value !== undefined) return replacement(present, JSON.stringify(value));
  const at = propertyAt(root, present.offset);
  return at && removal(at);
}

function inserted(root: Node, path: Path, value: Value): Edit | undefined {
  const above = path.findLastIndex((_, index) => findNodeAtLocation(root, path.slice(0, index)));
  const object = findNodeAtLocation(root, path.slice(0, above));
  if (object?.type !== "object") return undefined;
  return insertion(object, propertyText(path.slice(above), value), above);
}

function propertyText([key, ...below]: Path, value: Value): string {
  const content = below.length === 0 ? JSON.stringify(value) : `{ ${propertyText(below, value)} }`;
  return `${JSON.stringify(key)}: ${content}`;
}
