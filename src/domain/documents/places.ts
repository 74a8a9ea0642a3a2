import { type Node, parseTree } from "jsonc-parser";

/** A place in a document, in UTF-16 code units. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

/**
 * The place of the key at a path, or of the nearest key above it that is there. Undefined when not
 * even the first key is.
 */
export function locate(text: string, path: readonly string[]): Span | undefined {
  return placesIn(text).key(path);
}

/** The place of the value at a path; undefined when it isn't there. */
export function locateValue(text: string, path: readonly string[]): Span | undefined {
  return placesIn(text).value(path);
}

export interface Places {
  /** See `locate`. */
  key(path: readonly string[]): Span | undefined;
  /** See `locateValue`. */
  value(path: readonly string[]): Span | undefined;
  /** The values in the object at a path that end within a span, by their keys. */
  valuesWithin(path: readonly string[], within: Span): ReadonlyMap<string, Span>;
}

/** Finds the places of many paths and parses the text once. */
export function placesIn(text: string): Places {
  const root = parseTree(text);
  if (root === undefined) {
    return { key: () => undefined, value: () => undefined, valuesWithin: () => new Map() };
  }
  const indexes = new Map<Node, ReadonlyMap<unknown, Node>>();
  const indexOf = (object: Node): ReadonlyMap<unknown, Node> => {
    const index = indexes.get(object) ?? valuesByKey(object);
    indexes.set(object, index);
    return index;
  };
  const find = (path: readonly string[]): Node | undefined =>
    path.reduce<Node | undefined>((node, key) => node && indexOf(node).get(key), root);
  return {
    key: (path) => {
      for (let length = path.length; length > 0; length -= 1) {
        const key = keyOf(find(path.slice(0, length)));
        if (key !== undefined) {
          return spanOf(key);
        }
      }
      return undefined;
    },
    value: (path) => spanOf(find(path)),
    valuesWithin: (path, { offset, length }) => {
      const object = find(path);
      const found = new Map<string, Span>();
      for (const [key, value] of object === undefined ? [] : indexOf(object)) {
        const end = value.offset + value.length;
        if (typeof key === "string" && end >= offset && end <= offset + length) {
          found.set(key, spanOf(value));
        }
      }
      return found;
    },
  };
}

/** The first of two equal keys counts. Empty for a node that isn't an object. */
export function valuesByKey(node: Node): ReadonlyMap<unknown, Node> {
  const found = new Map<unknown, Node>();
  for (const { children } of node.type === "object" ? (node.children ?? []) : []) {
    const [key, value] = children ?? [];
    if (key !== undefined && value !== undefined && !found.has(key.value)) {
      found.set(key.value, value);
    }
  }
  return found;
}

function spanOf(node: Node): Span;
function spanOf(node: Node | undefined): Span | undefined;
function spanOf(node: Node | undefined): Span | undefined {
  return node && { offset: node.offset, length: node.length };
}

function keyOf(value: Node | undefined): Node | undefined {
  return value?.parent?.type === "property" ? value.parent.children?.[0] : undefined;
}
