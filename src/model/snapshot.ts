import type { Capability } from "./capability.ts";
import type { Override } from "./overrides.ts";
import type { Server } from "./server.ts";
import { UNKNOWN_FIELDS } from "./unknownFields.ts";
import { shownUrl } from "./url.ts";

/** An account's servers as they were at a time, for a window that can't ask yet. */
export interface Snapshot {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly servers: readonly Server[];
}

const VERSION = 1;

/**
 * As text, without what may be secret: user-info and query values of URLs. What came from the wire
 * beyond our fields isn't kept either, so a server of a snapshot never equals one that was read.
 */
export function writeSnapshot({ at, servers }: Snapshot): string {
  return `{"version":${VERSION},"at":${at},"servers":[${servers.map(textOf).join(",")}]}`;
}

const remembered = new WeakMap<Server, string>();

/** Remembered by the server's identity: of a large account little changes at a time. */
function textOf(server: Server): string {
  const known = remembered.get(server);
  if (known !== undefined) return known;
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

/** Undefined for what this version didn't write, or what is damaged. */
export function readSnapshot(text: string): Snapshot | undefined {
  const value = parse(text);
  if (!isRecord(value) || value["version"] !== VERSION || typeof value["at"] !== "number") {
    return undefined;
  }
  const servers = value["servers"];
  if (!Array.isArray(servers) || !servers.every(isWritten)) return undefined;
  return { at: value["at"], servers: servers.map(restore) };
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
  if (!isRecord(value)) return false;
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

function isNamed(value: unknown): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && typeof value["name"] === "string";
}

function isListOf(value: unknown, is: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(is);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
