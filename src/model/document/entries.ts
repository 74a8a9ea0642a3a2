import * as l10n from "@vscode/l10n";
import type { Node } from "jsonc-parser";
import type { OverrideKey, Value } from "../edits/field.ts";
import { aliasFormatProblem } from "../server/names.ts";
import type { Span } from "./document.ts";
import type { DocumentReader } from "./reader.ts";

/** One tool or prompt of a document: what it says of each field, null for nothing. */
export interface Entry {
  readonly name: Span;
  readonly alias: Span;
  readonly values: Readonly<Record<OverrideKey, Value>>;
}

/** By name. */
export type Entries = ReadonlyMap<string, Entry>;

export function readEntries(reader: DocumentReader, section: Node): Entries {
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
  if (node.type !== "object") reader.wrongType(node, l10n.t("an object"));
  for (const property of reader.properties(node)) {
    const { key, value } = property;
    if (key === "enabled") values.enabled = reader.flag(value) ?? null;
    else if (key === "alias") {
      aliasAt = value;
      values.alias = readAlias(reader, value);
    } else if (key === "description") values.description = readDescription(reader, value);
    else reader.unknownKey(property);
  }
  return { name, alias: aliasAt, values };
}

function readAlias(reader: DocumentReader, node: Node): Value {
  const alias = reader.text(node);
  if (alias === undefined) return null;
  const problem = aliasFormatProblem(alias);
  if (problem !== undefined) reader.problem("name/alias-format", node, problem);
  return alias;
}

function readDescription(reader: DocumentReader, node: Node): Value {
  const description = reader.text(node) ?? null;
  if (description === "") {
    reader.problem(
      "document/length",
      node,
      l10n.t("An empty description hides the upstream's. Leave it out to have none of your own."),
    );
  }
  return description;
}
