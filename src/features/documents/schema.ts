import * as vscode from "vscode";
import { about } from "../../base/text.ts";
import { PORTAL_SHAPE } from "../../domain/documents/portalDocument.ts";
import { SERVER_SHAPE } from "../../domain/documents/serverDocument.ts";
import type { KeyShape, PartShape } from "../../domain/documents/shape.ts";
import { fileSchemaText, lockSchemaText } from "../../domain/files/fileSchema.ts";
import { PORTAL } from "../../domain/portals/portal.ts";
import { waiversSchemaText } from "../../domain/report/waiversSchema.ts";
import { SERVER } from "../../domain/servers/server.ts";

/**
 * The JSON schema of a kind of document, for completion and hover. It has no types, because our own
 * checks report wrong values and people would see each of them twice. It is made by code, because a
 * file would be in one language. The same for files, with types.
 * @param uri as package.json names it for the kind
 */
export function documentSchema({ authority, path }: vscode.Uri): string {
  if (authority === "files") {
    return fileSchema(path);
  }
  const shape = path === "/portal.json" ? PORTAL_SHAPE : SERVER_SHAPE;
  return JSON.stringify({
    $schema: "http://json-schema.org/draft-07/schema#",
    title: shape === PORTAL_SHAPE ? vscode.l10n.t("MCP portal") : vscode.l10n.t("MCP server"),
    properties: properties(shape),
  });
}

/** The whole schema, since files are read by people and programs that know nothing of our checks. */
function fileSchema(path: string): string {
  switch (path) {
    case "/lock.json":
      return lockSchemaText();
    case "/waivers.json":
      return waiversSchemaText();
    default:
      return fileSchemaText(path === "/portal.json" ? PORTAL : SERVER);
  }
}

function properties({ keys, sections }: PartShape): object {
  return Object.fromEntries([
    ...keys.map((key) => [key.key, valueSchema(key)]),
    ...sections.map(({ key, part, words }) => [
      key,
      {
        description: words(),
        properties: {},
        additionalProperties: { properties: properties(part) },
      },
    ]),
  ]);
}

function valueSchema(shape: KeyShape): object {
  return { defaultSnippets: snippets(shape), description: described(shape) };
}

/** The proposed values. In a text, the cursor is placed inside. */
function snippets({ type, choices = [], none }: KeyShape): readonly object[] {
  switch (type) {
    case "text":
      return [{ body: "$1" }, ...(none === null ? [{ body: null }] : [])];
    case "flag":
      return [{ body: true }, { body: false }];
    case "choice":
      return choices.map(({ value, words }) => ({ body: value, description: words() }));
  }
}

function described({ words, choices = [] }: KeyShape): string {
  return [words(), ...choices.map((each) => about(each.value, each.words()))].join("\n\n");
}
