import { isRecord, type JsonRecord, readJson } from "../../base/json.ts";
import { memoize } from "../../base/memo.ts";
import type { Capability } from "../catalogue/capability.ts";
import type { Override } from "../catalogue/overrides.ts";
import { type Codec, jsonOf } from "../resources/snapshot.ts";
import { type Server, shownUrl } from "./server.ts";

/**
 * Memoized by the server's identity, because few servers of a large account change at a time, and
 * writing 10,000 tools as JSON takes 350 ms.
 * Leaves out user names, passwords and query values of URLs, which may be secret. Also leaves out
 * `received`, so a server of a snapshot never equals one that was read.
 */
const encode = memoize((server: Server): string => {
  const written = writtenOf(server);
  return jsonOf(written) ?? JSON.stringify(withoutUnwritable(written));
});

type Written = Omit<Server, "toolOverrides" | "promptOverrides" | "received"> & {
  readonly toolOverrides: readonly Override[];
  readonly promptOverrides: readonly Override[];
};

function writtenOf({ toolOverrides, promptOverrides, received: _, ...rest }: Server): Written {
  return {
    ...rest,
    hostname: shownUrl(rest.hostname),
    toolOverrides: [...toolOverrides.values()],
    promptOverrides: [...promptOverrides.values()],
  };
}

/** Leaves out only those items that are nested too deeply to be written. */
function withoutUnwritable(server: Written): Written {
  const isWritable = (value: object): boolean => jsonOf(value) !== undefined;
  return {
    ...server,
    tools: server.tools.filter(isWritable),
    prompts: server.prompts.filter(isWritable),
    toolOverrides: server.toolOverrides.filter(isWritable),
    promptOverrides: server.promptOverrides.filter(isWritable),
  };
}

function decode(line: string): Server | undefined {
  const value = readJson(line);
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

/** The optional fields of a server. JSON drops undefined values, so reading adds them back. */
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

export const SERVER_SNAPSHOT: Codec<Server> = {
  file: "servers.json" /** Version 2 kept more of a stored OAuth client than is shown. */,
  version: 3,
  encode,
  decode,
};
