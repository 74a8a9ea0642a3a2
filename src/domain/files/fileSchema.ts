import * as l10n from "@vscode/l10n";
import { about } from "../../base/text.ts";
import type { KeyShape, PartShape } from "../documents/shape.ts";
import type { FileKind } from "./filePaths.ts";
import { FILE_SHAPES } from "./fileShapes.ts";

const DRAFT = "http://json-schema.org/draft-07/schema#";

/** The JSON schema of a kind's files, with which a plain editor completes and checks them. */
export function fileSchemaText(kind: FileKind): string {
  const title = kind === "portal" ? l10n.t("MCP portal") : l10n.t("MCP server");
  return schemaText({ $schema: DRAFT, title, ...partSchema(FILE_SHAPES[kind]) });
}

/** The JSON schema of the lock file. */
export function lockSchemaText(): string {
  const definitions = {
    type: "object",
    additionalProperties: { type: "object", properties: { name: { type: "string" } } },
  };
  const documents = { type: "object", additionalProperties: { type: "object" } };
  return schemaText({
    $schema: DRAFT,
    title: l10n.t("What was accepted and pulled of an account's MCP servers and portals"),
    description: l10n.t("Written by mcp-portals. Don't edit it."),
    ...closed({
      $schema: { type: "string" },
      version: { const: 1 },
      account: { type: "string", pattern: "^[0-9a-f]{32}$" },
      accepted: {
        type: "object",
        additionalProperties: closed({
          at: { type: "string", format: "date-time" },
          held: { type: "array", items: { type: "string" } },
          reviewed: { type: "boolean" },
          tools: definitions,
          prompts: definitions,
        }),
      },
      pulled: closed({ servers: documents, portals: documents }),
    }),
    required: ["version", "account", "accepted", "pulled"],
  });
}

function schemaText(schema: object): string {
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

function partSchema({ keys, sections }: PartShape): object {
  return closed(
    Object.fromEntries([
      ...keys.map((key) => [key.key, valueSchema(key)]),
      ...sections.map(({ key, part, words }) => [
        key,
        { type: "object", description: words(), additionalProperties: partSchema(part) },
      ]),
    ]),
  );
}

function closed(properties: object): object {
  return { type: "object", properties, additionalProperties: false };
}

function valueSchema({ type, choices, none, words }: KeyShape): object {
  const description = [
    words(),
    ...(choices ?? []).map((each) => about(each.value, each.words())),
  ].join("\n\n");
  switch (type) {
    case "flag":
      return { type: "boolean", description };
    case "text":
      return { type: none === null ? ["string", "null"] : "string", description };
    case "choice":
      return { enum: choices?.map(({ value }) => value), description };
  }
}
