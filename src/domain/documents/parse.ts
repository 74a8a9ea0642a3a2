import * as l10n from "@vscode/l10n";
import { type Node, type ParseError, parseTree } from "jsonc-parser";
import type { PartRef, Value } from "../changes/change.ts";
import type { Span } from "./places.ts";
import { readPlain } from "./plainJson.ts";
import type { DocumentProblem } from "./problem.ts";
import { expectedInWords, type KeyShape, meant, type PartShape, sectionKey } from "./shape.ts";

/** What a text says of a resource, or of one of its parts. */
export interface PartContent {
  /** The key under which the part stands; the beginning of the text for the resource itself. */
  readonly name: Span;
  /** The values that the text has, by their keys. */
  readonly values: ReadonlyMap<string, { readonly value: Value; readonly span: Span }>;
  /** The sections that the text has, by their keys, and in them the parts by their names. */
  readonly sections: ReadonlyMap<string, Parts>;
}

/** By name. */
export type Parts = ReadonlyMap<string, PartContent>;

/** The content of a document's text. Its problems tell whether it may be saved. */
export interface DocumentContent extends PartContent {
  readonly problems: readonly DocumentProblem[];
}

/**
 * Reads a document. Never throws: what can't be parsed becomes a problem. Comments do too unless they
 * are allowed.
 */
export function readDocument(
  text: string,
  shape: PartShape,
  { comments = false }: { readonly comments?: boolean } = {},
): DocumentContent {
  return readPlain(text, shape) ?? readWithPlaces(text, shape, comments);
}

function readWithPlaces(text: string, shape: PartShape, comments: boolean): DocumentContent {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: !comments });
  const reader = new DocumentReader();
  for (const { offset, length } of errors.slice(0, 1)) {
    reader.problem("document/syntax", { offset, length }, l10n.t("This isn't JSON."));
  }
  const isBroken = errors.length > 0 && root?.type !== "object";
  const content = isBroken
    ? { name: WHOLE, values: new Map(), sections: new Map() }
    : readPart(reader, shape, WHOLE, root ?? NOTHING);
  return { ...content, problems: reader.problems };
}

const WHOLE: Span = { offset: 0, length: 1 };
const NOTHING: Node = { type: "null", ...WHOLE };

function readPart(reader: DocumentReader, shape: PartShape, name: Span, node: Node): PartContent {
  const values = new Map<string, { readonly value: Value; readonly span: Span }>();
  const sections = new Map<string, Parts>();
  for (const property of reader.objectProperties(node)) {
    const { key, value: at } = property;
    const known = shape.keys.find((each) => each.key === key);
    const section = shape.sections.find((each) => each.key === key);
    if (known !== undefined) {
      const value = readValue(reader, known, at);
      if (value !== undefined) {
        values.set(key, { value, span: at });
      }
    } else if (section !== undefined) {
      sections.set(key, readParts(reader, section.part, at));
    } else {
      reader.unknownKey(property);
    }
  }
  return { name, values, sections };
}

function readParts(reader: DocumentReader, shape: PartShape, node: Node): Parts {
  const parts = new Map<string, PartContent>();
  for (const { key, keyNode, value } of reader.objectProperties(node)) {
    parts.set(key, readPart(reader, shape, keyNode, value));
  }
  return parts;
}

function readValue(reader: DocumentReader, shape: KeyShape, node: Node): Value | undefined {
  const value: unknown = node.value;
  if (node.type === "null" && shape.none !== undefined) {
    return null;
  }
  if (shape.type === "flag" && typeof value === "boolean") {
    return value;
  }
  if (shape.type === "flag" || typeof value !== "string") {
    reader.wrongType(node, expectedInWords(shape));
    return undefined;
  }
  const problem = shape.problem?.(value);
  if (problem !== undefined) {
    reader.problem(problem.code, node, problem.message);
  }
  return meant(shape, value);
}

/** The content of a part; undefined where the text doesn't have it. */
export function partIn(
  root: PartContent,
  { kind, name, within }: PartRef,
): PartContent | undefined {
  const owner = within === undefined ? root : partIn(root, within);
  return owner?.sections.get(sectionKey(kind))?.get(name);
}

interface Property {
  readonly key: string;
  readonly keyNode: Node;
  readonly value: Node;
}

/** Collects problems while a document's tree is read. */
class DocumentReader {
  readonly #problems: DocumentProblem[] = [];

  get problems(): readonly DocumentProblem[] {
    return this.#problems;
  }

  problem(code: DocumentProblem["code"], { offset, length }: Span, message: string): void {
    this.#problems.push({ code, message, span: { offset, length } });
  }

  unknownKey({ key, keyNode }: Property): void {
    this.problem("document/unknown-key", keyNode, l10n.t('"{0}" isn\'t defined here.', key));
  }

  wrongType(node: Span, expected: string): void {
    this.problem("document/type", node, l10n.t("This has to be {0}.", expected));
  }

  /**
   * The properties of what has to be an object. A key that occurs twice is a problem, because nobody
   * knows which is meant.
   */
  objectProperties(object: Node): Iterable<Property> {
    if (object.type !== "object") {
      this.wrongType(object, l10n.t("an object"));
      return [];
    }
    const found = new Map<string, Property>();
    for (const { children = [] } of object.children ?? []) {
      const [keyNode, value] = children;
      if (keyNode === undefined || value === undefined) {
        continue;
      }
      const key: unknown = keyNode.value;
      if (typeof key !== "string") {
        continue;
      }
      if (found.has(key)) {
        this.problem("document/duplicate", keyNode, l10n.t('"{0}" is here twice.', key));
      } else {
        found.set(key, { key, keyNode, value });
      }
    }
    return found.values();
  }
}
