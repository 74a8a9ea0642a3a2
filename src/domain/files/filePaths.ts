import { PORTAL } from "../portals/portal.ts";
import { SERVER } from "../servers/server.ts";

/** The kinds of resources that have files. */
export const FILE_KINDS = [SERVER, PORTAL] as const;
export type FileKind = (typeof FILE_KINDS)[number];

interface Place {
  readonly folder: string;
  readonly ending: string;
  readonly schema: string;
}

/** Where the files of each kind lie, relative to the folder that a command works on. */
export const FILE_PLACES: Readonly<Record<FileKind, Place>> = {
  server: {
    folder: "servers",
    ending: ".mcp-server.json",
    schema: "schemas/mcp-server.schema.json",
  },
  portal: {
    folder: "portals",
    ending: ".mcp-portal.json",
    schema: "schemas/mcp-portal.schema.json",
  },
};

export const LOCK_FILE = "mcp-portals.lock.json";
export const WAIVERS_FILE = "mcp-portals.waivers.json";
export const WAIVERS_SCHEMA = "schemas/mcp-portals.waivers.schema.json";
export const LOCK_SCHEMA = "schemas/mcp-portals.lock.schema.json";

/** The path of a new file. An id can't lead out of the folder. */
export function filePath(kind: FileKind, id: string): string {
  const { folder, ending } = FILE_PLACES[kind];
  return `${folder}/${encodeURIComponent(id)}${ending}`;
}

/** The id that a file's name stands for; undefined for another program's file. */
export function idOfPath(kind: FileKind, path: string): string | undefined {
  const { ending } = FILE_PLACES[kind];
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (!name.endsWith(ending) || name === ending) {
    return undefined;
  }
  try {
    return decodeURIComponent(name.slice(0, -ending.length));
  } catch {
    return undefined;
  }
}

/** The `$schema` of a file in its kind's folder. An address on the network may be out of reach. */
export function schemaReference(kind: FileKind): string {
  return `../${FILE_PLACES[kind].schema}`;
}
