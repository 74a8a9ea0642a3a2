import { sameJson } from "../../base/json.ts";
import type { Capability } from "../catalogue/capability.ts";
import type { Overrides } from "../catalogue/overrides.ts";
import type { Server, ServerStatus, SyncResponse } from "./server.ts";

/** The names in a server's catalogue that a sync changed. */
export interface CatalogueChanges {
  readonly added: readonly string[];
  readonly gone: readonly string[];
  readonly changed: readonly string[];
  /** Overrides that Cloudflare dropped because their tool or prompt has vanished. */
  readonly overridesLost: readonly string[];
}

/** How the last sync of a server ended. */
export type SyncReport =
  | { readonly kind: "done"; readonly changes: CatalogueChanges }
  /** Cloudflare reported success, but neither the catalogue nor `last_synced` changed. */
  | { readonly kind: "stalled" }
  /** The upstream or Cloudflare failed. The server's status says so. */
  | { readonly kind: "refused" }
  /** The call itself failed, or the server couldn't be read afterwards. */
  | { readonly kind: "failed"; readonly error: unknown };

export function reportSync(before: Server, outcome: SyncResponse, after: Server): SyncReport {
  if (isFailure(outcome.status) || isFailure(after.status)) {
    return { kind: "refused" };
  }
  const changes = catalogueChanges(before, after);
  const still = countChanges(changes) === 0 && before.lastSynced === after.lastSynced;
  return still && claimsSuccess(outcome) ? { kind: "stalled" } : { kind: "done", changes };
}

/** Stale means that the credential has expired and the upstream refused it. */
function isFailure(status: ServerStatus | undefined): boolean {
  return status === "error" || status === "stale";
}

export function countChanges(changes: CatalogueChanges): number {
  const { added, gone, changed, overridesLost } = changes;
  return added.length + gone.length + changed.length + overridesLost.length;
}

/** A sync of a server that waits for its administrator isn't stalled. */
function claimsSuccess({ status, error }: SyncResponse): boolean {
  return status === "ready" && error === undefined;
}

export function catalogueChanges(before: Server, after: Server): CatalogueChanges {
  const tools = compare(before.tools, after.tools);
  const prompts = compare(before.prompts, after.prompts);
  return {
    added: [...tools.added, ...prompts.added],
    gone: [...tools.gone, ...prompts.gone],
    changed: [...tools.changed, ...prompts.changed],
    overridesLost: [
      ...lost(before.toolOverrides, after.toolOverrides),
      ...lost(before.promptOverrides, after.promptOverrides),
    ],
  };
}

function compare(
  before: readonly Capability[],
  after: readonly Capability[],
): Omit<CatalogueChanges, "overridesLost"> {
  const old = new Map(before.map((capability) => [capability.name, capability]));
  const names = new Set(after.map(({ name }) => name));
  return {
    added: [...names].filter((name) => !old.has(name)),
    gone: [...old.keys()].filter((name) => !names.has(name)),
    changed: after
      .filter(({ name, source }) => old.has(name) && !sameJson(old.get(name)?.source, source))
      .map(({ name }) => name),
  };
}

function lost(before: Overrides, after: Overrides): readonly string[] {
  return [...before.keys()].filter((name) => !after.has(name));
}
