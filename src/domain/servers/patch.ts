import type { ApiError } from "../apiError.ts";
import type { CapabilityKind } from "../catalogue/capability.ts";
import {
  type Override,
  type Overrides,
  overrideArray,
  pathOfSentOverride,
} from "../catalogue/overrides.ts";
import { type FieldChange, type FieldValue, fieldId } from "../changes/change.ts";
import { type Refusal, refusalsAt } from "../changes/writeResult.ts";
import { OVERRIDE_KEYS, withValues } from "./fields.ts";
import type { Server, ServerPatch } from "./server.ts";

/**
 * The smallest PUT that gives `current` these values; undefined when it has them already. It has
 * only the keys that change, but whole arrays, because Cloudflare replaces arrays.
 */
export function planPatch(current: Server, values: readonly FieldValue[]): ServerPatch | undefined {
  const meant = withValues(current, values);
  const gateway = meant.secureWebGateway;
  const callback = meant.isSharedOauthCallbackEnabled;
  const patch: ServerPatch = {
    ...(meant.name === current.name ? {} : { name: meant.name }),
    ...((meant.description ?? "") === (current.description ?? "")
      ? {}
      : { description: meant.description ?? null }),
    ...(gateway === current.secureWebGateway || gateway === undefined
      ? {}
      : { secure_web_gateway: gateway }),
    ...(callback === current.isSharedOauthCallbackEnabled || callback === undefined
      ? {}
      : { is_shared_oauth_callback_enabled: callback }),
    ...tools(current, meant),
    ...prompts(current, meant),
  };
  return Object.keys(patch).length === 0 ? undefined : patch;
}

function tools(current: Server, { toolOverrides }: Server): ServerPatch {
  const array = changedArray(current.toolOverrides, toolOverrides, current.tools);
  return array === undefined ? {} : { updated_tools: array };
}

function prompts(current: Server, { promptOverrides }: Server): ServerPatch {
  const array = changedArray(current.promptOverrides, promptOverrides, current.prompts);
  return array === undefined ? {} : { updated_prompts: array };
}

function changedArray(
  current: Overrides,
  meant: Overrides,
  catalogue: readonly { readonly name: string }[],
): readonly Override[] | undefined {
  return meant === current ? undefined : overrideArray(meant, catalogue);
}

/**
 * Fields that a patch repeats only because its arrays have to be complete. They are to stay as they
 * are.
 */
export function untouchedFields(
  patch: ServerPatch,
  values: readonly FieldValue[],
): readonly FieldChange[] {
  const edited = new Set(values.map(({ field }) => fieldId(field)));
  return [
    ...carried("tool", patch.updated_tools ?? []),
    ...carried("prompt", patch.updated_prompts ?? []),
  ].filter(({ field }) => !edited.has(fieldId(field)));
}

function carried(kind: CapabilityKind, entries: readonly Override[]): readonly FieldChange[] {
  return entries.flatMap((entry) =>
    OVERRIDE_KEYS.flatMap((key) => {
      const value = entry[key];
      if (value === undefined) {
        return [];
      }
      return [{ field: { of: { kind, name: entry.name }, key }, from: value, to: value }];
    }),
  );
}

/** The refusals that name a property. An index in them counts the entries of `patch`. */
export function refusalsOf(error: ApiError, patch: ServerPatch): readonly Refusal[] {
  return refusalsAt(
    error,
    (field) =>
      pathOfSentOverride(field, patch) ?? (Object.hasOwn(patch, field) ? [field] : undefined),
  );
}
