import * as l10n from "@vscode/l10n";
import { type Node, type ParseError, parseTree } from "jsonc-parser";
import type { ServerKey, Value } from "../edits/field.ts";
import type { CapabilityKind } from "../server/capability.ts";
import { serverDescriptionProblem, serverNameProblem } from "../server/newServer.ts";
import { type Entries, readEntries } from "./entries.ts";
import type { DocumentProblem } from "./problem.ts";
import { DocumentReader, type Property } from "./reader.ts";

/** What a document's text says. Whether it may be saved is for its problems to tell. */
export interface DocumentContent {
  readonly server: ReadonlyMap<ServerKey, Value>;
  /** Undefined for a section that isn't there. */
  readonly sections: Readonly<Record<CapabilityKind, Entries | undefined>>;
  readonly problems: readonly DocumentProblem[];
}

/** Reads a document; what can't be understood is a problem and nothing else. */
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
    if (errors.length === 0) reader.wrongType(root ?? WHOLE, l10n.t("an object"));
    return { server, sections, problems: reader.problems };
  }
  for (const property of reader.properties(root)) {
    if (isServerKey(property.key)) readServerValue(reader, property.key, property.value, server);
    else if (property.key === "tools") sections.tool = readEntries(reader, property.value);
    else if (property.key === "prompts") sections.prompt = readEntries(reader, property.value);
    else reader.unknownKey(property);
  }
  return { server, sections, problems: reader.problems };
}

const WHOLE = { offset: 0, length: 1 };

function isServerKey(key: string): key is ServerKey {
  return (
    key === "name" ||
    key === "description" ||
    key === "secure_web_gateway" ||
    key === "is_shared_oauth_callback_enabled"
  );
}

function readServerValue(
  reader: DocumentReader,
  key: ServerKey,
  value: Property["value"],
  server: Map<ServerKey, Value>,
): void {
  const read = serverValue(reader, key, value);
  if (read !== undefined) server.set(key, read);
}

function serverValue(reader: DocumentReader, key: ServerKey, value: Node): Value | undefined {
  switch (key) {
    case "name":
      return checked(reader, value, reader.text(value), serverNameProblem);
    case "description":
      if (value.type === "null") return null;
      // The API takes "" for nothing, so both are one.
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
  if (problem !== undefined) reader.problem("document/length", node, problem);
  return text;
}
