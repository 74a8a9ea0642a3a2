import type { CapabilityKind } from "../server/capability.ts";
import { type Override, type Overrides, overrideArray } from "../server/overrides.ts";
import type { Server, ServerPatch } from "../server/server.ts";
import { applyEdit, type Change, type Edit, OVERRIDE_KEYS } from "./edit.ts";
import { fieldId } from "./field.ts";

/**
 * The smallest PUT that turns `current` into what the edit means; undefined when it already is so.
 * Only the keys that change, but each array whole: Cloudflare replaces arrays.
 */
export function planPatch(current: Server, edit: Edit): ServerPatch | undefined {
  const meant = applyEdit(current, edit);
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

/** What a patch carries along only because its arrays have to be complete: it is to stay as it is. */
export function carriedAlong(patch: ServerPatch, edit: Edit): readonly Change[] {
  const edited = new Set(edit.map(({ field }) => fieldId(field)));
  return [
    ...carried("tool", patch.updated_tools ?? []),
    ...carried("prompt", patch.updated_prompts ?? []),
  ].filter(({ field }) => !edited.has(fieldId(field)));
}

function carried(kind: CapabilityKind, entries: readonly Override[]): readonly Change[] {
  return entries.flatMap((entry) =>
    OVERRIDE_KEYS.flatMap((key) => {
      const value = entry[key];
      if (value === undefined) return [];
      return [{ field: { of: { kind, name: entry.name }, key }, from: value, to: value }];
    }),
  );
}
