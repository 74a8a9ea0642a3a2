import type { ApiError } from "../apiError.ts";
import type { CapabilityKind } from "../catalogue/capability.ts";
import {
  type Override,
  type Overrides,
  overrideArray,
  pathOfSentOverride,
} from "../catalogue/overrides.ts";
import { type FieldChange, type FieldValue, fieldId, type Value } from "../changes/change.ts";
import { type Refusal, refusalsAt } from "../changes/writeResult.ts";
import { OVERRIDE_KEYS } from "../servers/fields.ts";
import {
  MAPPING_KEYS,
  type MappingKey,
  mappedCapabilityField,
  mappingField,
  overridesOf,
  PORTAL_FIELDS,
} from "./fields.ts";
import type { CodeMode, Mapping, MappingPatch, Portal, PortalPatch } from "./portal.ts";

/**
 * The smallest PUT that turns `current` into what the values mean; undefined when it already is so.
 * Only the keys that change, but `servers` whole: Cloudflare replaces all mappings.
 */
export function planPatch(current: Portal, values: readonly FieldValue[]): PortalPatch | undefined {
  const meant = PORTAL_FIELDS.set(current, values);
  const { codeMode, secureWebGateway } = meant;
  const patch: PortalPatch = {
    ...(meant.name === current.name ? {} : { name: meant.name }),
    ...(meant.hostname === current.hostname ? {} : { hostname: meant.hostname }),
    // Unlike a server's, a portal's description can't be null.
    ...((meant.description ?? "") === (current.description ?? "")
      ? {}
      : { description: meant.description ?? "" }),
    ...(secureWebGateway === current.secureWebGateway || secureWebGateway === undefined
      ? {}
      : { secure_web_gateway: secureWebGateway }),
    ...(codeMode === current.codeMode || codeMode === undefined
      ? {}
      : codeModeFields(current, codeMode)),
    ...(meant.mappings === current.mappings
      ? {}
      : { servers: [...meant.mappings.values()].map(mappingPatch) }),
  };
  return Object.keys(patch).length === 0 ? undefined : patch;
}

/** Where the answer has the older switch beside the policy, both are sent, so that they agree. */
function codeModeFields(
  { received }: Portal,
  codeMode: CodeMode,
): Pick<PortalPatch, "code_mode" | "allow_code_mode"> {
  const hasBoth = ["code_mode", "allow_code_mode"].every(
    (key) => received[key] !== undefined && received[key] !== null,
  );
  return { code_mode: codeMode, ...(hasBoth ? { allow_code_mode: codeMode !== "off" } : {}) };
}

/** A mapping as it is sent. Cloudflare refuses the whole write for an override of what isn't synced. */
export function mappingPatch(mapping: Mapping): MappingPatch {
  const { server, toolOverrides, promptOverrides } = mapping;
  return {
    ...mapping.others,
    server_id: mapping.serverId,
    default_disabled: mapping.defaultDisabled,
    on_behalf: mapping.onBehalf,
    updated_tools: syncedOverrides(toolOverrides, server?.tools),
    updated_prompts: syncedOverrides(promptOverrides, server?.prompts),
  };
}

/** @param synced undefined where the catalogue isn't known */
function syncedOverrides(
  overrides: Overrides,
  synced: readonly { readonly name: string }[] | undefined,
): readonly Override[] {
  if (synced === undefined) {
    return [...overrides.values()];
  }
  const names = new Set(synced.map(({ name }) => name));
  return overrideArray(overrides, synced).filter(({ name }) => names.has(name));
}

/** What a patch holds only because it has all mappings: it is to stay as it is. */
export function untouchedFields(
  { servers = [] }: PortalPatch,
  values: readonly FieldValue[],
): readonly FieldChange[] {
  const edited = new Set(values.map(({ field }) => fieldId(field)));
  return servers
    .flatMap((mapping) => [
      ...MAPPING_KEYS.map((key) =>
        unchanged(mappingField(mapping.server_id, key), switchOf(mapping, key)),
      ),
      ...carried(mapping.server_id, "tool", mapping.updated_tools),
      ...carried(mapping.server_id, "prompt", mapping.updated_prompts),
    ])
    .filter(({ field }) => !edited.has(fieldId(field)));
}

/** The overrides of what is gone, which Cloudflare refuses; see `mappingPatch`. */
export function lostFields(
  { mappings }: Portal,
  { servers = [] }: PortalPatch,
  values: readonly FieldValue[],
): readonly FieldChange[] {
  const edited = new Set(values.map(({ field }) => fieldId(field)));
  return servers
    .flatMap(({ server_id, updated_tools, updated_prompts }) => {
      const before = mappings.get(server_id);
      return [
        ...(before === undefined
          ? []
          : [
              ...leftOut(before, "tool", updated_tools),
              ...leftOut(before, "prompt", updated_prompts),
            ]),
      ];
    })
    .filter(({ field }) => !edited.has(fieldId(field)));
}

/** What the entries that aren't sent say. A state that is the default's says nothing. */
function leftOut(
  mapping: Mapping,
  kind: CapabilityKind,
  sent: readonly Override[],
): readonly FieldChange[] {
  const { serverId, defaultDisabled } = mapping;
  const names = new Set(sent.map(({ name }) => name));
  return carried(
    serverId,
    kind,
    [...overridesOf(mapping, kind).values()].filter(({ name }) => !names.has(name)),
  )
    .filter(({ field, to }) => field.key !== "enabled" || (to === false && !defaultDisabled))
    .map((change) => ({ ...change, to: change.field.key === "enabled" ? true : null }));
}

function switchOf(mapping: MappingPatch, key: MappingKey): boolean {
  return key === "mapped" ? true : mapping[key];
}

function carried(
  serverId: string,
  kind: CapabilityKind,
  entries: readonly Override[],
): readonly FieldChange[] {
  return entries.flatMap((entry) =>
    OVERRIDE_KEYS.flatMap((key) => {
      const value = entry[key];
      const field = mappedCapabilityField(serverId, { kind, name: entry.name }, key);
      return value === undefined ? [] : [unchanged(field, value)];
    }),
  );
}

function unchanged(field: FieldChange["field"], value: Value): FieldChange {
  return { field, from: value, to: value };
}

/** The refusals that name a property. An index in them counts the entries of `patch`. */
export function refusalsOf(error: ApiError, patch: PortalPatch): readonly Refusal[] {
  return refusalsAt(error, (field) => documentPath(field, patch));
}

const SERVERS = /^servers(?:\.(\d+)(?:\.(.+))?)?$/u;

function documentPath(field: string, patch: PortalPatch): readonly string[] | undefined {
  const [inServers, index, inner] = SERVERS.exec(field) ?? [];
  if (inServers === undefined) {
    return Object.hasOwn(patch, field) ? [field] : undefined;
  }
  const mapping = index === undefined ? undefined : patch.servers?.[Number(index)];
  if (mapping === undefined) {
    return ["servers"];
  }
  return ["servers", mapping.server_id, ...(inner === undefined ? [] : innerPath(inner, mapping))];
}

function innerPath(inner: string, mapping: MappingPatch): readonly string[] {
  const path = pathOfSentOverride(inner, mapping);
  return path ?? (Object.hasOwn(mapping, inner) && inner !== "server_id" ? [inner] : []);
}
