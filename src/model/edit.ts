import type { CapabilityKind } from "./capability.ts";
import {
  changeOverrides,
  type OverrideChange,
  type Overrides,
  overrideArray,
} from "./overrides.ts";
import type { Server, ServerPatch } from "./server.ts";

/** What a person means to change on one server. Absent leaves as it is, null clears. */
export interface Edit {
  readonly tools?: readonly OverrideChange[];
  readonly prompts?: readonly OverrideChange[];
  readonly name?: string;
  readonly description?: string | null;
  readonly secureWebGateway?: boolean;
  readonly isSharedOauthCallbackEnabled?: boolean;
}

/** An edit of tools or prompts alone. */
export function capabilityEdit(
  changes: readonly (OverrideChange & { readonly kind: CapabilityKind })[],
): Edit {
  const of = (wanted: CapabilityKind): readonly OverrideChange[] =>
    changes.filter(({ kind }) => kind === wanted).map(({ kind: _, ...change }) => change);
  return { tools: of("tool"), prompts: of("prompt") };
}

/** The server as it will be when the edit is saved. */
export function applyEdit(server: Server, edit: Edit): Server {
  return {
    ...server,
    name: edit.name ?? server.name,
    description:
      edit.description === undefined ? server.description : (edit.description ?? undefined),
    secureWebGateway: edit.secureWebGateway ?? server.secureWebGateway,
    isSharedOauthCallbackEnabled:
      edit.isSharedOauthCallbackEnabled ?? server.isSharedOauthCallbackEnabled,
    toolOverrides: changeOverrides(server.toolOverrides, edit.tools ?? []),
    promptOverrides: changeOverrides(server.promptOverrides, edit.prompts ?? []),
  };
}

/** Both edits as one; where they touch the same field, the later one counts. */
export function mergeEdits(earlier: Edit, later: Edit): Edit {
  return {
    ...earlier,
    ...later,
    tools: mergeChanges(earlier.tools ?? [], later.tools ?? []),
    prompts: mergeChanges(earlier.prompts ?? [], later.prompts ?? []),
  };
}

function mergeChanges(
  earlier: readonly OverrideChange[],
  later: readonly OverrideChange[],
): readonly OverrideChange[] {
  const merged = new Map<string, OverrideChange>();
  for (const change of [...earlier, ...later]) {
    merged.set(change.name, { ...merged.get(change.name), ...change });
  }
  return [...merged.values()];
}

/**
 * The smallest PUT that turns `current` into what the edit means; undefined when it already is so.
 * Only the keys that change, but each array whole: Cloudflare replaces arrays.
 */
export function planPatch(current: Server, edit: Edit): ServerPatch | undefined {
  const meant = applyEdit(current, edit);
  const patch: ServerPatch = {
    ...(meant.name === current.name ? {} : { name: meant.name }),
    ...(meant.description === current.description
      ? {}
      : { description: meant.description ?? null }),
    ...changedSwitches(current, meant),
    ...changedArray("updated_tools", current.toolOverrides, meant.toolOverrides, current.tools),
    ...changedArray(
      "updated_prompts",
      current.promptOverrides,
      meant.promptOverrides,
      current.prompts,
    ),
  };
  return Object.keys(patch).length === 0 ? undefined : patch;
}

function changedSwitches(current: Server, meant: Server): ServerPatch {
  return {
    ...(meant.secureWebGateway === current.secureWebGateway || meant.secureWebGateway === undefined
      ? {}
      : { secure_web_gateway: meant.secureWebGateway }),
    ...(meant.isSharedOauthCallbackEnabled === current.isSharedOauthCallbackEnabled ||
    meant.isSharedOauthCallbackEnabled === undefined
      ? {}
      : { is_shared_oauth_callback_enabled: meant.isSharedOauthCallbackEnabled }),
  };
}

function changedArray<Key extends "updated_tools" | "updated_prompts">(
  key: Key,
  current: Overrides,
  meant: Overrides,
  catalogue: readonly { readonly name: string }[],
): ServerPatch {
  return meant === current ? {} : { [key]: overrideArray(meant, catalogue) };
}
