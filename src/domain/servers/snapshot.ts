import { isRecord, type JsonRecord } from "../../base/json.ts";
import type { Capability } from "../catalogue/capability.ts";
import type { Override } from "../catalogue/overrides.ts";
import { type Server, shownUrl } from "./server.ts";

/** An account's servers as they were at a time, for a window that can't ask yet. */
export interface Snapshot {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly servers: readonly Server[];
}

const VERSION = 2;

/**
 * As lines of JSON, which can be written and read a few at a time: what it is, then a server each.
 * Without what may be secret: user-info and query values of URLs. What came from the wire beyond our
 * fields isn't kept either, so a server of a snapshot never equals one that was read.
 */
export function* snapshotLines({ at, servers }: Snapshot): Iterable<string> {
  yield JSON.stringify({ version: VERSION, at, count: servers.length });
  yield* servers.values().map(textOf);
}

const remembered = new WeakMap<Server, string>();

/** Remembered by the server's identity: of a large account little changes at a time. */
function textOf(server: Server): string {
  const known = remembered.get(server);
  if (known !== undefined) {
    return known;
  }
  const { toolOverrides, promptOverrides, received: _, ...rest } = server;
  const text = JSON.stringify({
    ...rest,
    hostname: shownUrl(server.hostname),
    toolOverrides: [...toolOverrides.values()],
    promptOverrides: [...promptOverrides.values()],
  });
  remembered.set(server, text);
  return text;
}

type Written = Omit<Server, "toolOverrides" | "promptOverrides" | "received"> & {
  readonly toolOverrides: readonly Override[];
  readonly promptOverrides: readonly Override[];
};

/** What a snapshot's first line says. */
interface SnapshotHead {
  readonly at: number;
  readonly count: number;
}

/** Undefined for what this version didn't write, or what is damaged. */
export function readSnapshotHead(line: string): SnapshotHead | undefined {
  const value = parse(line);
  if (!isRecord(value) || value["version"] !== VERSION) {
    return undefined;
  }
  const { at, count } = value;
  return typeof at === "number" && typeof count === "number" ? { at, count } : undefined;
}

/** A later line. Undefined for what is damaged. */
export function readSnapshotServer(line: string): Server | undefined {
  const value = parse(line);
  return isWritten(value) ? restore(value) : undefined;
}

function restore({ toolOverrides, promptOverrides, ...server }: Written): Server {
  return {
    ...UNKNOWN_FIELDS,
    ...server,
    toolOverrides: new Map(toolOverrides.map((override) => [override.name, override])),
    promptOverrides: new Map(promptOverrides.map((override) => [override.name, override])),
    received: {},
  };
}

function isWritten(value: unknown): value is Written {
  if (!isRecord(value)) {
    return false;
  }
  const texts = ["id", "name", "hostname", "authType", "status"];
  return (
    texts.every((key) => typeof value[key] === "string") &&
    [value["tools"], value["prompts"]].every((list) => isListOf(list, isCapability)) &&
    [value["toolOverrides"], value["promptOverrides"]].every((list) => isListOf(list, isNamed))
  );
}

function isCapability(value: unknown): value is Capability {
  return isNamed(value) && isRecord(value["source"]);
}

function isNamed(value: unknown): value is JsonRecord {
  return isRecord(value) && typeof value["name"] === "string";
}

function isListOf(value: unknown, is: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(is);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A server's optional fields when nothing has told them: JSON drops what is undefined. */
export const UNKNOWN_FIELDS = {
  description: undefined,
  authenticationStatus: undefined,
  authConfigSummary: undefined,
  error: undefined,
  errorDetails: undefined,
  secureWebGateway: undefined,
  isSharedOauthCallbackEnabled: undefined,
  createdAt: undefined,
  createdBy: undefined,
  modifiedAt: undefined,
  modifiedBy: undefined,
  lastSynced: undefined,
  lastSuccessfulSync: undefined,
};
