import { waiversSchemaText } from "../report/waiversSchema.ts";
import { FILE_KINDS, FILE_PLACES, LOCK_SCHEMA, WAIVERS_SCHEMA } from "./filePaths.ts";
import { fileSchemaText, lockSchemaText } from "./fileSchema.ts";

/** The schemas that lie beside the files, by their paths. */
export function schemaFiles(): ReadonlyMap<string, string> {
  return new Map([
    ...FILE_KINDS.map((kind) => [FILE_PLACES[kind].schema, fileSchemaText(kind)] as const),
    [LOCK_SCHEMA, lockSchemaText()],
    [WAIVERS_SCHEMA, waiversSchemaText()],
  ]);
}
