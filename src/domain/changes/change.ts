import type { CapabilityKind } from "../catalogue/capability.ts";
import { catalogueOf } from "../catalogue/layers.ts";
import { changeOverrides, type OverrideChange, type Overrides } from "../catalogue/overrides.ts";
import type { Server } from "../servers/server.ts";
import {
  type Field,
  fieldId,
  OVERRIDE_KEYS,
  type OverrideKey,
  sameValue,
  type Value,
  valueAt,
} from "./fields.ts";

/** One field that a person means to set; null clears it. */
export interface FieldEdit {
  readonly field: Field;
  readonly to: Value;
}

/** What a person means to change on one server. */
export type Edit = readonly FieldEdit[];

/** A field edit with what the person saw there: what three-way merging stands on. */
export interface FieldChange extends FieldEdit {
  readonly from: Value;
}

/** What to do with one tool or prompt: a field that is left out stays as it is. */
export type CapabilityEdit = {
  readonly kind: CapabilityKind;
  readonly name: string;
} & Pick<OverrideChange, OverrideKey>;

export function capabilityEdit(edits: readonly CapabilityEdit[]): Edit {
  return edits.flatMap(({ kind, name, ...fields }) =>
    OVERRIDE_KEYS.flatMap((key) => {
      const to = fields[key];
      return to === undefined ? [] : [{ field: { of: { kind, name }, key }, to }];
    }),
  );
}

/** The edit of somebody who sees `server`; what is so already is no change. */
export function changesFrom(server: Server, edit: Edit): readonly FieldChange[] {
  return edit
    .map(({ field, to }) => ({ field, to, from: valueAt(server, field) }))
    .filter(({ field, from, to }) => !sameValue(field, from, to));
}

/** All changes as one list; where two touch the same field, the later one counts. */
export function mergeChanges(lists: readonly (readonly FieldChange[])[]): readonly FieldChange[] {
  const merged = new Map<string, FieldChange>();
  for (const change of lists.flat()) {
    const id = fieldId(change.field);
    const { from } = merged.get(id) ?? change;
    merged.set(id, { ...change, from });
  }
  // There and back again is still meant: somebody else may have been there meanwhile.
  return [...merged.values()];
}

/** The changes the other way round. */
export function inverted(changes: readonly FieldChange[]): readonly FieldChange[] {
  return changes.map(({ field, from, to }) => ({ field, from: to, to: from }));
}

/** The server as it will be when the edit is saved. */
export function applyEdit(server: Server, edit: Edit): Server {
  return edit.length === 0
    ? server
    : {
        ...edit.reduce(setOfServer, server),
        toolOverrides: setOverrides(server.toolOverrides, edit, "tool"),
        promptOverrides: setOverrides(server.promptOverrides, edit, "prompt"),
      };
}

function setOfServer(server: Server, { field, to }: FieldEdit): Server {
  if (field.of !== undefined) {
    return server;
  }
  switch (field.key) {
    case "name":
      return typeof to === "string" ? { ...server, name: to } : server;
    case "description":
      return { ...server, description: typeof to === "string" ? to : undefined };
    case "secure_web_gateway":
      return typeof to === "boolean" ? { ...server, secureWebGateway: to } : server;
    case "is_shared_oauth_callback_enabled":
      return typeof to === "boolean" ? { ...server, isSharedOauthCallbackEnabled: to } : server;
  }
}

function setOverrides(overrides: Overrides, edit: Edit, kind: CapabilityKind): Overrides {
  const changes = edit.flatMap(({ field, to }) => {
    const { of } = field;
    return of?.kind === kind ? [{ name: of.name, ...overrideChange(field, to) }] : [];
  });
  return changeOverrides(overrides, changes);
}

function overrideChange({ key }: Field, to: Value): Omit<OverrideChange, "name"> {
  switch (key) {
    case "enabled":
      return typeof to === "string" ? {} : { enabled: to };
    case "alias":
    case "description":
      return typeof to === "boolean" ? {} : { [key]: to };
    default:
      return {};
  }
}

/** A description that says what the upstream's own says is no override. */
export function dropRedundant(
  changes: readonly FieldChange[],
  server: Server,
): readonly FieldChange[] {
  const catalogue = catalogueOf(server);
  return changes.flatMap((change) => {
    const { field, from, to } = change;
    if (field.of === undefined || field.key !== "description" || to === null) {
      return [change];
    }
    const { kind, name } = field.of;
    if (catalogue.find(kind, name)?.capability.description !== to) {
      return [change];
    }
    return from === null ? [] : [{ ...change, to: null }];
  });
}

export { OVERRIDE_KEYS } from "./fields.ts";
