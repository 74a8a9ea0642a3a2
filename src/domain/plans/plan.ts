import type { Conflict, FieldChange } from "../changes/change.ts";
import type { FileKind } from "../files/filePaths.ts";
import type { ResourceFile } from "../files/resourceFile.ts";
import type { NewPortal } from "../portals/portal.ts";
import type { NewServer } from "../servers/server.ts";

interface Subject {
  readonly kind: FileKind;
  readonly id: string;
  /** The resource's file, or where it would lie. */
  readonly path: string;
  /** As a file has it, before and after; "" where it isn't there. */
  readonly before: string;
  readonly after: string;
}

export type CreateAction = Subject & {
  readonly action: "create";
  readonly file: ResourceFile;
  readonly body:
    | { readonly kind: "server"; readonly server: NewServer }
    | { readonly kind: "portal"; readonly portal: NewPortal };
};

export type UpdateAction = Subject & {
  readonly action: "update";
  readonly file: ResourceFile;
  /** What is to be written. */
  readonly changes: readonly FieldChange[];
  /** What both the file and the account have changed since the last pull, and isn't written. */
  readonly conflicts: readonly Conflict[];
  /** Names of what isn't listed in the file and loses its override by that. */
  readonly unlisted: readonly string[];
};

export type DeleteAction = Subject & { readonly action: "delete" };

/** What an apply does with one resource. */
export type Action = CreateAction | UpdateAction | DeleteAction;

/** All that an apply does, in its order. */
export type Plan = readonly Action[];

/** The number of conflicts that an apply leaves alone. */
export function conflictsIn(plan: Plan): number {
  return plan.reduce(
    (sum, action) => sum + (action.action === "update" ? action.conflicts.length : 0),
    0,
  );
}

/** What an apply writes: an update may have nothing but conflicts. */
export function writesIn(plan: Plan): Plan {
  return plan.filter((action) => action.action !== "update" || action.changes.length > 0);
}
