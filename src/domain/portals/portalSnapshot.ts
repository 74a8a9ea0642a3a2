import { isRecord, type JsonRecord, readJson } from "../../base/json.ts";
import { memoize } from "../../base/memo.ts";
import type { Override } from "../catalogue/overrides.ts";
import { type Codec, jsonOf } from "../resources/snapshot.ts";
import type { Mapping, Portal } from "./portal.ts";

type WrittenMapping = Pick<Mapping, "serverId" | "defaultDisabled" | "onBehalf"> & {
  readonly toolOverrides: readonly Override[];
  readonly promptOverrides: readonly Override[];
};

type Written = Omit<Portal, "mappings" | "received"> & {
  readonly mappings: readonly WrittenMapping[];
};

/**
 * Memoized by the portal's identity. Catalogues are the servers', which have a snapshot of their
 * own. What came from the wire beyond our fields isn't kept: it may be secret.
 */
const encode = memoize((portal: Portal): string => {
  const { received: _, mappings, ...rest } = portal;
  const written: Written = { ...rest, mappings: [...mappings.values()].map(writtenMapping) };
  return JSON.stringify(written);
});

/** What is nested too deeply is missing from the snapshot, and nothing else with it. */
function writtenMapping(mapping: Mapping): WrittenMapping {
  const { serverId, defaultDisabled, onBehalf, toolOverrides, promptOverrides } = mapping;
  const isWritable = (override: Override): boolean => jsonOf(override) !== undefined;
  return {
    serverId,
    defaultDisabled,
    onBehalf,
    toolOverrides: [...toolOverrides.values()].filter(isWritable),
    promptOverrides: [...promptOverrides.values()].filter(isWritable),
  };
}

function decode(line: string): Portal | undefined {
  const value = readJson(line);
  return isWritten(value) ? restore(value) : undefined;
}

function restore({ mappings, ...portal }: Written): Portal {
  return {
    ...UNKNOWN_FIELDS,
    ...portal,
    mappings: new Map(
      mappings.map(({ toolOverrides, promptOverrides, ...mapping }) => [
        mapping.serverId,
        {
          ...mapping,
          toolOverrides: byName(toolOverrides),
          promptOverrides: byName(promptOverrides),
          server: undefined,
          others: {},
        },
      ]),
    ),
    received: {},
  };
}

function byName(overrides: readonly Override[]): Mapping["toolOverrides"] {
  return new Map(overrides.map((override) => [override.name, override]));
}

function isWritten(value: unknown): value is Written {
  return (
    isRecord(value) &&
    ["id", "name", "hostname"].every((key) => typeof value[key] === "string") &&
    isListOf(value["mappings"], isWrittenMapping)
  );
}

function isWrittenMapping(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value["serverId"] === "string" &&
    ["defaultDisabled", "onBehalf"].every((key) => typeof value[key] === "boolean") &&
    ["toolOverrides", "promptOverrides"].every((key) => isListOf(value[key], isNamed))
  );
}

function isNamed(value: unknown): value is JsonRecord {
  return isRecord(value) && typeof value["name"] === "string";
}

function isListOf(value: unknown, is: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(is);
}

/** A portal's optional fields when nothing has told them: JSON drops what is undefined. */
export const UNKNOWN_FIELDS = {
  description: undefined,
  codeMode: undefined,
  secureWebGateway: undefined,
  createdAt: undefined,
  createdBy: undefined,
  modifiedAt: undefined,
  modifiedBy: undefined,
};

export const PORTAL_SNAPSHOT: Codec<Portal> = {
  file: "portals.json",
  version: 1,
  encode,
  decode,
};
