import type { CapabilityKind } from "./capability.ts";
import type { Edit } from "./edit.ts";
import type { OverrideChange, Overrides } from "./overrides.ts";
import type { Server } from "./server.ts";

/** A field that a write meant to change and that reads back otherwise. */
export interface NotTaken {
  /** The tool or prompt; undefined for a field of the server itself. */
  readonly of: { readonly kind: CapabilityKind; readonly name: string } | undefined;
  readonly field: "name" | "alias" | "description" | "enabled" | "switch";
  /** What is there now, as text; undefined for nothing. */
  readonly found: string | undefined;
}

/** Cloudflare may answer 200 and ignore a field: what of the edit isn't in what was read back. */
export function notTaken(edit: Edit, readBack: Server): readonly NotTaken[] {
  return [
    ...serverFields(edit, readBack),
    ...overrideFields("tool", edit.tools ?? [], readBack.toolOverrides),
    ...overrideFields("prompt", edit.prompts ?? [], readBack.promptOverrides),
  ];
}

function serverFields(edit: Edit, { name, description, ...switches }: Server): NotTaken[] {
  const fields: NotTaken[] = [];
  if (edit.name !== undefined && edit.name !== name) {
    fields.push({ of: undefined, field: "name", found: name });
  }
  if (edit.description !== undefined && (edit.description ?? "") !== (description ?? "")) {
    fields.push({ of: undefined, field: "description", found: description });
  }
  for (const key of ["secureWebGateway", "isSharedOauthCallbackEnabled"] as const) {
    if (edit[key] !== undefined && edit[key] !== switches[key]) {
      fields.push({ of: undefined, field: "switch", found: String(switches[key] ?? false) });
    }
  }
  return fields;
}

function overrideFields(
  kind: CapabilityKind,
  changes: readonly OverrideChange[],
  overrides: Overrides,
): NotTaken[] {
  return changes.flatMap((change) => {
    const of = { kind, name: change.name };
    const found = overrides.get(change.name);
    const fields: NotTaken[] = [];
    for (const field of ["alias", "description"] as const) {
      if (change[field] !== undefined && (change[field] ?? undefined) !== found?.[field]) {
        fields.push({ of, field, found: found?.[field] });
      }
    }
    if (change.enabled !== undefined && change.enabled !== (found?.enabled ?? true)) {
      fields.push({ of, field: "enabled", found: String(found?.enabled ?? true) });
    }
    return fields;
  });
}

/** A write that was answered with 200 and didn't take, or took in part. */
export class NotTakenError extends Error {
  override readonly name = "NotTakenError";
  readonly server: Server;
  readonly fields: readonly NotTaken[];

  constructor(server: Server, fields: readonly NotTaken[]) {
    super(`${fields.length} fields of server ${server.id} read back otherwise than written`);
    this.server = server;
    this.fields = fields;
  }
}

/** By name and not by class: classes have copies, one a bundle. */
export function isNotTakenError(error: unknown): error is NotTakenError {
  return error instanceof Error && error.name === "NotTakenError" && "fields" in error;
}
