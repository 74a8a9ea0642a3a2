import { isRecord } from "../../../../src/base/json.ts";
import { ApiError } from "../../../../src/domain/apiError.ts";
import type {
  Field,
  FieldAccess,
  FieldChange,
  FieldValue,
  Value,
} from "../../../../src/domain/changes/change.ts";
import { fieldId } from "../../../../src/domain/changes/change.ts";
import {
  EMPTY_COLLECTION,
  type ResourceKind,
  type ResourceTable,
} from "../../../../src/domain/resources/resource.ts";
import type { AccountStorage } from "../../../../src/engine/ports.ts";
import type { Dice } from "./dice.ts";
import { FaultyRemote } from "./faultyRemote.ts";
import type { ForeignEntry, Subject } from "./history.ts";
import { unusedClient } from "./unusedClient.ts";
import { ResourceWindow } from "./window.ts";

/**
 * A kind of resource that only tests know, similar to a portal: a gate has mappings of servers, and
 * each mapping has its own entries for the server's tools. No file of the engine knows it.
 */
export interface Gate {
  readonly id: string;
  readonly name: string;
  /** In the order of the API. */
  readonly mappings: readonly Mapping[];
}

interface Mapping {
  readonly server: string;
  readonly default_disabled: boolean;
  readonly tools: readonly ToolEntry[];
}

interface ToolEntry {
  readonly name: string;
  readonly alias?: string;
  readonly enabled?: boolean;
}

/** An array replaces the whole array, as at Cloudflare. */
interface GatePatch {
  readonly name?: string;
  readonly mappings?: readonly Mapping[];
}

const SERVERS = ["docs", "__proto__"] as const;
const TOOLS = ["search", "__proto__"] as const;
const STRANGE: ToolEntry = { name: "vanished", alias: "keep_me", enabled: false };

/**
 * The place of a field of a mapping or of one of its tools; undefined for a field of the gate
 * itself.
 */
function placeOf({ of }: Field): { readonly server: string; readonly tool?: string } | undefined {
  if (of === undefined) {
    return undefined;
  }
  return of.within === undefined ? { server: of.name } : { server: of.within.name, tool: of.name };
}

function getOf(gate: Gate, field: Field): Value {
  const place = placeOf(field);
  if (place === undefined) {
    return gate.name;
  }
  const mapping = gate.mappings.find(({ server }) => server === place.server);
  if (place.tool === undefined) {
    return mapping?.default_disabled ?? null;
  }
  const entry = mapping?.tools.find(({ name }) => name === place.tool);
  return (field.key === "alias" ? entry?.alias : entry?.enabled) ?? null;
}

function setOne(gate: Gate, { field, to }: FieldValue): Gate {
  const place = placeOf(field);
  if (place === undefined) {
    return typeof to === "string" ? { ...gate, name: to } : gate;
  }
  const mappings = gate.mappings.map((mapping) => {
    if (mapping.server !== place.server) {
      return mapping;
    }
    return place.tool === undefined
      ? { ...mapping, default_disabled: to === true }
      : { ...mapping, tools: withEntry(mapping.tools, place.tool, { field, to }) };
  });
  return { ...gate, mappings };
}

function withEntry(
  tools: readonly ToolEntry[],
  tool: string,
  { field, to }: FieldValue,
): readonly ToolEntry[] {
  const { alias, enabled } = tools.find(({ name }) => name === tool) ?? {};
  const after = {
    alias: field.key === "alias" ? to : alias,
    enabled: field.key === "enabled" ? to : enabled,
  };
  const entry: ToolEntry = {
    name: tool,
    ...(typeof after.alias === "string" ? { alias: after.alias } : {}),
    ...(typeof after.enabled === "boolean" ? { enabled: after.enabled } : {}),
  };
  const others = tools.filter(({ name }) => name !== tool);
  return Object.keys(entry).length === 1 ? others : [...others, entry];
}

const GATE_FIELDS: FieldAccess<Gate> = {
  has: ({ of, key }) => of !== undefined || key === "name",
  get: getOf,
  set: (gate, values) => values.reduce(setOne, gate),
  same: (_field, one, other) => one === other,
};

function patchOf(current: Gate, values: readonly FieldValue[]): GatePatch | undefined {
  const meant = GATE_FIELDS.set(current, values);
  const isSame = JSON.stringify(meant.mappings) === JSON.stringify(current.mappings);
  const patch: GatePatch = {
    ...(meant.name === current.name ? {} : { name: meant.name }),
    ...(isSame ? {} : { mappings: meant.mappings }),
  };
  return Object.keys(patch).length === 0 ? undefined : patch;
}

function untouchedOf(
  { mappings = [] }: GatePatch,
  values: readonly FieldValue[],
): readonly FieldChange[] {
  const meant = new Set(values.map(({ field }) => fieldId(field)));
  return mappings
    .flatMap(({ server, default_disabled, tools }): readonly (readonly [Field, Value])[] => {
      const mapping = { kind: "mapping", name: server };
      return [
        [{ of: mapping, key: "default_disabled" }, default_disabled],
        ...tools.flatMap(({ name, alias, enabled }): (readonly [Field, Value])[] => {
          const of = { kind: "tool", name, within: mapping };
          return [
            ...(alias === undefined ? [] : [[{ of, key: "alias" }, alias] as const]),
            ...(enabled === undefined ? [] : [[{ of, key: "enabled" }, enabled] as const]),
          ];
        }),
      ];
    })
    .map(([field, value]) => ({ field, from: value, to: value }))
    .filter(({ field }) => !meant.has(fieldId(field)));
}

/** One remote gate. */
export class GateRemote extends FaultyRemote<Gate, Gate, GatePatch> {
  protected override readonly ignorable = ["name", "mappings"] as const;

  constructor(dice: Dice) {
    const mappings = SERVERS.map((server) => ({
      server,
      default_disabled: false,
      tools: server === "docs" ? [STRANGE] : [],
    }));
    super({ id: "gate", name: "Gate", mappings }, dice);
  }

  override now(): Gate {
    return structuredClone(this.record);
  }

  protected override applied(patch: GatePatch, ignoredKeys: readonly string[]): Gate {
    const isRefused = patch.mappings?.some(({ tools }) =>
      tools.some(({ alias }) => alias?.includes(" ")),
    );
    if (isRefused) {
      const problems = [{ code: 7001, message: "No", field: "mappings" }];
      throw new ApiError("No", { kind: "invalid", reason: "refused", status: 400, problems });
    }
    const taken = Object.entries(patch).filter(([key]) => !ignoredKeys.includes(key));
    return { ...this.record, ...structuredClone(Object.fromEntries(taken)) };
  }
}

interface Gates {
  readonly gate: Gate;
}

/** A kind whose calls all concern this one gate. */
function gateKind(remote: GateRemote): ResourceKind<"gate", Gate, GatePatch, never> {
  return {
    name: "gate",
    list: async () => ({ items: [await remote.read()], rejected: [] }),
    read: () => remote.read(),
    create: () => Promise.reject(new Error("not asked for here")),
    update: (_api, _id, patch) => remote.update(patch),
    delete: () => Promise.reject(new Error("not asked for here")),
    fields: {
      ...GATE_FIELDS,
      patch: patchOf,
      untouched: untouchedOf,
      lost: () => [],
      refusals: ({ problems }) =>
        problems.map(({ code, message, field }) => ({ code, message, path: [field ?? ""] })),
    },
    snapshot: {
      file: "gates.json",
      version: 1,
      encode: (gate) => JSON.stringify(gate),
      decode: (line) => (isRecord(JSON.parse(line)) ? JSON.parse(line) : undefined),
    },
    same: (one, other) => JSON.stringify(one) === JSON.stringify(other),
    hasStoppedWorking: () => false,
  };
}

/** A window that edits a gate. */
export function gateWindow(remote: GateRemote, storage: AccountStorage) {
  const kind = gateKind(remote);
  const table: ResourceTable<Gates> = {
    empty: { gate: EMPTY_COLLECTION },
    each: (visit) => [visit(kind)],
  };
  const api = unusedClient();
  return new ResourceWindow({ table, kind, api, storage, id: "gate" });
}

/** The gate of a history. */
export const gateSubject: Subject<Gate> = {
  access: GATE_FIELDS,
  fields: [
    { of: undefined, key: "name" },
    ...SERVERS.flatMap((server) => {
      const mapping = { kind: "mapping", name: server };
      return [
        { of: mapping, key: "default_disabled" },
        ...TOOLS.flatMap((name) =>
          ["alias", "enabled"].map((key) => ({
            of: { kind: "tool", name, within: mapping },
            key,
          })),
        ),
      ];
    }),
  ],
  foreignNames: TOOLS,
  isStrange: ({ field }) => field.of?.name === STRANGE.name,
  strangeEntry: ({ mappings }) => ({
    now: mappings[0]?.tools.find(({ name }) => name === STRANGE.name),
    first: STRANGE,
  }),
  received: (gate) => gate,
};

/** Another administrator writes these entries into the first mapping. */
export function foreignGateWrite(
  entries: readonly ForeignEntry[],
): (gate: Gate) => Pick<Gate, "mappings"> {
  const names = new Set(entries.map(({ name }) => name));
  return ({ mappings: [first, ...others] }) => ({
    mappings:
      first === undefined
        ? []
        : [
            {
              ...first,
              tools: [...first.tools.filter(({ name }) => !names.has(name)), ...entries],
            },
            ...others,
          ],
  });
}
