import * as l10n from "@vscode/l10n";
import { type Node, type ParseError, parseTree } from "jsonc-parser";
import type { CapabilityKind } from "../catalogue/capability.ts";
import { aliasFormatProblem } from "../catalogue/names.ts";
import type { Value } from "../changes/change.ts";
import { type OverrideKey, SERVER_KEYS, type ServerKey } from "../servers/fields.ts";
import { serverDescriptionProblem, serverNameProblem } from "../servers/newServer.ts";
import type { DocumentProblem } from "./check.ts";
import type { Span } from "./serverDocument.ts";

/** The content of a document's text. Its problems tell whether it may be saved. */
export interface DocumentContent {
  readonly server: ReadonlyMap<ServerKey, Value>;
  /** Undefined for a section that the document doesn't have. */
  readonly sections: Readonly<Record<CapabilityKind, Entries | undefined>>;
  readonly problems: readonly DocumentProblem[];
}

/** Reads a document. Never throws: what can't be parsed becomes a problem. */
export function readDocument(text: string): DocumentContent {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true });
  const reader = new DocumentReader();
  for (const { offset, length } of errors.slice(0, 1)) {
    reader.problem("document/syntax", { offset, length }, l10n.t("This isn't JSON."));
  }
  const server = new Map<ServerKey, Value>();
  const sections: Record<CapabilityKind, Entries | undefined> = {
    tool: undefined,
    prompt: undefined,
  };
  if (root === undefined || root.type !== "object") {
    if (errors.length === 0) {
      reader.wrongType(root ?? WHOLE, l10n.t("an object"));
    }
    return { server, sections, problems: reader.problems };
  }
  for (const property of reader.properties(root)) {
    if (isServerKey(property.key)) {
      readServerValue(reader, property.key, property.value, server);
    } else if (property.key === "tools") {
      sections.tool = readEntries(reader, property.value);
    } else if (property.key === "prompts") {
      sections.prompt = readEntries(reader, property.value);
    } else {
      reader.unknownKey(property);
    }
  }
  return { server, sections, problems: reader.problems };
}

const WHOLE = { offset: 0, length: 1 };

function isServerKey(key: string): key is ServerKey {
  return SERVER_KEYS.some((known) => known === key);
}

function readServerValue(
  reader: DocumentReader,
  key: ServerKey,
  value: Property["value"],
  server: Map<ServerKey, Value>,
): void {
  const read = serverValue(reader, key, value);
  if (read !== undefined) {
    server.set(key, read);
  }
}

function serverValue(reader: DocumentReader, key: ServerKey, value: Node): Value | undefined {
  switch (key) {
    case "name":
      return checked(reader, value, reader.text(value), serverNameProblem);
    case "description":
      if (value.type === "null") {
        return null;
      }
      // The API treats "" and null alike.
      return checked(reader, value, reader.text(value), serverDescriptionProblem) || null;
    case "secure_web_gateway":
    case "is_shared_oauth_callback_enabled":
      return reader.flag(value);
  }
}

function checked(
  reader: DocumentReader,
  node: Node,
  text: string | undefined,
  problemOf: (text: string) => string | undefined,
): string | undefined {
  const problem = text === undefined ? undefined : problemOf(text);
  if (problem !== undefined) {
    reader.problem("document/length", node, problem);
  }
  return text;
}

/** One tool or prompt of a document, with the value of each field; null for none. */
interface Entry {
  readonly name: Span;
  readonly alias: Span;
  readonly values: Readonly<Record<OverrideKey, Value>>;
}

/** By capability name. */
export type Entries = ReadonlyMap<string, Entry>;

function readEntries(reader: DocumentReader, section: Node): Entries {
  if (section.type !== "object") {
    reader.wrongType(section, l10n.t("an object"));
    return new Map();
  }
  return new Map(
    reader
      .properties(section)
      .map(({ key, keyNode, value }) => [key, readEntry(reader, keyNode, value)]),
  );
}

function readEntry(reader: DocumentReader, name: Span, node: Node): Entry {
  const values: Record<OverrideKey, Value> = { alias: null, description: null, enabled: null };
  let aliasAt = name;
  if (node.type !== "object") {
    reader.wrongType(node, l10n.t("an object"));
  }
  for (const property of reader.properties(node)) {
    const { key, value } = property;
    if (key === "enabled") {
      values.enabled = reader.flag(value) ?? null;
    } else if (key === "alias") {
      aliasAt = value;
      values.alias = readAlias(reader, value);
    } else if (key === "description") {
      values.description = readDescription(reader, value);
    } else {
      reader.unknownKey(property);
    }
  }
  return { name, alias: aliasAt, values };
}

function readAlias(reader: DocumentReader, node: Node): Value {
  const alias = reader.text(node);
  if (alias === undefined) {
    return null;
  }
  const problem = aliasFormatProblem(alias);
  if (problem !== undefined) {
    reader.problem("name/alias-format", node, problem);
  }
  return alias;
}

function readDescription(reader: DocumentReader, node: Node): Value {
  const description = reader.text(node) ?? null;
  if (description === "") {
    reader.problem(
      "document/length",
      node,
      l10n.t("An empty description hides the upstream's. Leave it out to show the upstream's."),
    );
  }
  return description;
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
   * The properties of an object. A key that occurs twice is a problem, because nobody knows which
   * is meant.
   */
  properties(object: Node): readonly Property[] {
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
    return [...found.values()];
  }

  text(node: Node): string | undefined {
    const value: unknown = node.value;
    if (node.type === "string" && typeof value === "string") {
      return value;
    }
    this.wrongType(node, l10n.t("a text"));
    return undefined;
  }

  flag(node: Node): boolean | undefined {
    const value: unknown = node.value;
    if (node.type === "boolean" && typeof value === "boolean") {
      return value;
    }
    this.wrongType(node, l10n.t("true or false"));
    return undefined;
  }
}
