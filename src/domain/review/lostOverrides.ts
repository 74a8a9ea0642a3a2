import type { OverrideValues } from "../catalogue/overrides.ts";
import { catalogueOf } from "../catalogue/serverCatalogue.ts";
import {
  type Field,
  type FieldAccess,
  type FieldChange,
  fieldId,
  type Ref,
} from "../changes/change.ts";
import type { LostChanges } from "../changes/lost.ts";
import type { Finding } from "../checks/finding.ts";
import { mappedCapabilityField, portalField } from "../portals/fields.ts";
import { PORTAL } from "../portals/portal.ts";
import {
  type CapabilityRef,
  OVERRIDE_KEYS,
  overrideValue,
  SERVER_FIELDS,
  serverField,
} from "../servers/fields.ts";
import { SERVER, type Server } from "../servers/server.ts";

/** The rule that tells of overrides that Cloudflare doesn't have any more. */
export const LOST_RULE = "review/lost-override";

/**
 * What somebody had set for a tool or prompt, and what is gone: of a server with a sync, of a portal
 * with a write while the tool was gone.
 */
export interface LostOverride {
  readonly serverId: string;
  readonly of: CapabilityRef;
  readonly values: OverrideValues;
}

/** By the id of the server or portal that lost them, the newest value of each field. */
export type LostOverrides = ReadonlyMap<string, readonly LostOverride[]>;

export function lostByServer(all: readonly LostChanges[]): LostOverrides {
  return lostBy(all, SERVER, (field, serverId) => {
    const known = serverField(field);
    return known?.of && { serverId, of: known.of, key: known.key };
  });
}

export function lostByPortal(all: readonly LostChanges[]): LostOverrides {
  return lostBy(all, PORTAL, (field) => {
    const known = portalField(field);
    return known?.part === "capability" ? known : undefined;
  });
}

type LostField = Omit<LostOverride, "values"> & { readonly key: string };

function lostBy(
  all: readonly LostChanges[],
  kind: string,
  read: (field: Field, id: string) => LostField | undefined,
): LostOverrides {
  const ofKind = all.filter((each) => each.kind === kind);
  return new Map(
    [...Map.groupBy(ofKind, ({ id }) => id)].map(([id, lost]) => [
      id,
      overridesIn(lost, (field) => read(field, id)),
    ]),
  );
}

function overridesIn(
  lost: readonly LostChanges[],
  read: (field: Field) => LostField | undefined,
): readonly LostOverride[] {
  const found = new Map<string, LostOverride>();
  for (const { field, from } of lost.flatMap(({ changes }) => changes)) {
    const known = read(field);
    if (known === undefined) {
      continue;
    }
    const { serverId, of, key } = known;
    const id = JSON.stringify([serverId, of.kind, of.name]);
    const values = { ...found.get(id)?.values, ...overrideValue(key, from) };
    found.set(id, { serverId, of, values });
  }
  return [...found.values()];
}

/**
 * What a server had of tools and prompts that are gone with their overrides. What is still there has
 * lost its override to a person.
 */
export function lostBySync(before: Server, after: Server): readonly FieldChange[] {
  return [
    ...lostOfKind("tool", before, after, before.toolOverrides.keys()),
    ...lostOfKind("prompt", before, after, before.promptOverrides.keys()),
  ];
}

function lostOfKind(
  kind: CapabilityRef["kind"],
  before: Server,
  after: Server,
  overridden: Iterable<string>,
): readonly FieldChange[] {
  const names = [...overridden];
  if (names.length === 0) {
    return [];
  }
  const namesOf = ({ tools, prompts }: Server) =>
    new Set((kind === "tool" ? tools : prompts).map(({ name }) => name));
  const [then, now] = [namesOf(before), namesOf(after)];
  return names
    .filter((name) => then.has(name) && !now.has(name))
    .flatMap((name) => OVERRIDE_KEYS.map((key): Field => ({ of: { kind, name }, key })))
    .map((field) => ({ field, from: SERVER_FIELDS.get(before, field), to: null }))
    .filter(
      ({ field, from }) =>
        from !== null && from !== true && SERVER_FIELDS.get(after, field) === null,
    );
}

/**
 * The ids of a resource's lost fields that have got a value since: somebody has decided about them.
 */
export function decidedFields<T extends { readonly id: string }>(
  all: readonly LostChanges[],
  { kind, fields }: { readonly kind: string; readonly fields: FieldAccess<T> },
  before: T,
  after: T,
): ReadonlySet<string> {
  const lost = all
    .filter((each) => each.kind === kind && each.id === after.id)
    .flatMap(({ changes }) => changes.map(({ field }) => field));
  const isDecided = (field: Field): boolean =>
    fields.get(before, field) === null && fields.get(after, field) !== null;
  return new Set(lost.filter(isDecided).map(fieldId));
}

/** The ids of the fields of one lost override of a server or portal. */
export function lostFieldIds(
  { kind }: Pick<Ref, "kind">,
  { serverId, of }: Pick<LostOverride, "serverId" | "of">,
): ReadonlySet<string> {
  return new Set(
    OVERRIDE_KEYS.map((key) =>
      fieldId(kind === PORTAL ? mappedCapabilityField(serverId, of, key) : { of, key }),
    ),
  );
}

/**
 * Whether what a finding tells of could be set again: under its name, where the tool or prompt is back,
 * or under the name that it probably has now.
 */
export function isRestorable(
  { fixes, lost, subject }: Pick<Finding, "fixes" | "lost" | "subject">,
  server: Server,
  renamedTo: (of: CapabilityRef) => string | undefined,
): boolean {
  if (subject === undefined || fixes?.includes("carryOver") !== true) {
    return false;
  }
  const isBack = catalogueOf(server).find(subject.kind, subject.name) !== undefined;
  return (lost !== undefined && isBack) || renamedTo(subject) !== undefined;
}
