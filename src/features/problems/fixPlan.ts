import { exposedName } from "../../domain/catalogue/names.ts";
import { type Catalogue, catalogueOf } from "../../domain/catalogue/serverCatalogue.ts";
import { ExposedNames } from "../../domain/checks/collisions.ts";
import type { Finding } from "../../domain/checks/finding.ts";
import { type Fix, type FixContext, type FixKind, fixOf } from "../../domain/checks/fixes.ts";
import type { ClientId } from "../../domain/clients/clientIds.ts";
import { mappedCatalogueOf } from "../../domain/portals/exposure.ts";
import type { Portal } from "../../domain/portals/portal.ts";
import type { Server } from "../../domain/servers/server.ts";
import {
  findPortal,
  findServer,
  optimisticServers,
  portalsOf,
  serversOf,
} from "../../engine/state.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import type { PortalAddress, ProblemAddress } from "../../target.ts";
import type { Findings } from "./findings.ts";

/** The servers and portals of the state, and what was found in them. */
export interface FixSource {
  readonly store: Pick<ReadonlyStore, "state">;
  readonly findings: Pick<Findings, "of" | "ofPortal" | "checked" | "settings" | "renamedTo">;
}

export interface PlannedFix extends Fixable {
  readonly context: FixContext;
  readonly fix: Fix;
}

/**
 * The fixes of one kind for these findings, one for each tool or prompt. A finding may have no such
 * fix where another of the same tool has one. A new alias counts as taken for the fixes after it.
 */
export function planFixes(
  app: FixSource,
  all: readonly Fixable[],
  kind: FixKind,
): readonly PlannedFix[] {
  const contexts = new FixContexts(app);
  const planned = new Map<string, PlannedFix>();
  for (const { address, finding } of all) {
    const key = JSON.stringify([
      address.accountId,
      address.portalId,
      address.serverId,
      finding.subject,
    ]);
    const context = planned.has(key) ? undefined : contexts.of(address);
    const fix = context && fixOf(kind, finding, context);
    if (context === undefined || fix === undefined) {
      continue;
    }
    planned.set(key, { address, finding, context, fix });
    for (const { field, to } of fix.values) {
      if (field.key === "alias" && typeof to === "string") {
        context.names.add(exposedName(address.serverId, to));
      }
    }
  }
  return [...planned.values()];
}

interface Fixable {
  readonly address: ProblemAddress;
  readonly finding: Finding;
}

/** All findings of these accounts, by rule. */
export function findingsByRule(
  { store, findings }: FixSource,
  accountIds: readonly string[],
): ReadonlyMap<string, readonly Fixable[]> {
  const ofServers = accountIds.flatMap((accountId) =>
    [...serversOf(store.state, accountId).keys()].flatMap((serverId) => {
      const address = { accountId, serverId };
      return findings.of(address).map((finding) => ({ address, finding }));
    }),
  );
  const ofPortals = accountIds.flatMap((accountId) =>
    [...portalsOf(store.state, accountId).keys()].flatMap((portalId) =>
      findings
        .ofPortal({ accountId, portalId })
        .map((finding) => ({ address: inPortal({ accountId, portalId }, finding), finding })),
    ),
  );
  return Map.groupBy([...ofServers, ...ofPortals], ({ finding }) => finding.rule);
}

/** The address of a portal's problem. */
export function inPortal(
  { accountId, portalId }: PortalAddress,
  { mapping = "" }: Finding,
): ProblemAddress {
  return { accountId, portalId, serverId: mapping };
}

interface Counts {
  readonly findings: ReadonlyMap<string, readonly Fixable[]>;
  readonly known: Map<string, number>;
}

/** Counts fixes once until the findings change: VS Code asks at every move of the cursor. */
export class FixCounts {
  readonly #app: FixSource;
  #checked: object | undefined;
  #accounts: ReadonlyMap<string, Counts> = new Map();

  constructor(app: FixSource) {
    this.#app = app;
  }

  /** The number of fixes of a kind for a rule in an account. */
  of(accountId: string, rule: string, kind: FixKind): number {
    const { findings, known } = this.#countsOf(accountId);
    const key = `${rule} ${kind}`;
    const count = known.get(key) ?? planFixes(this.#app, findings.get(rule) ?? [], kind).length;
    known.set(key, count);
    return count;
  }

  #countsOf(accountId: string): Counts {
    const { checked } = this.#app.findings;
    if (checked !== this.#checked) {
      this.#checked = checked;
      this.#accounts = new Map();
    }
    const counts = this.#accounts.get(accountId) ?? {
      findings: findingsByRule(this.#app, [accountId]),
      known: new Map<string, number>(),
    };
    this.#accounts = new Map(this.#accounts).set(accountId, counts);
    return counts;
  }
}

/**
 * What fixes change, with the exposed names beside it, which are computed once. Use it for a single
 * call, because it doesn't follow changes.
 */
export class FixContexts {
  readonly #store: FixSource["store"];
  readonly #findings: FixSource["findings"];
  readonly #clients: ReadonlySet<ClientId>;
  readonly #names = new Map<string, ExposedNames>();

  constructor({ store, findings }: FixSource) {
    this.#store = store;
    this.#findings = findings;
    this.#clients = findings.settings.clients;
  }

  /** Undefined where the server or portal is gone. */
  of({ accountId, portalId, serverId }: ProblemAddress): FixContext | undefined {
    const { state } = this.#store;
    if (portalId === undefined) {
      const server = findServer(state, accountId, serverId)?.optimistic;
      return server && this.ofServer(accountId, server);
    }
    const portal = findPortal(state, { accountId, portalId })?.optimistic;
    return portal && this.ofPortal(accountId, portal);
  }

  /** @param server as it is, or as a document has it */
  ofServer(accountId: string, server: Server): FixContext {
    const names = this.#namesOf(accountId, () =>
      optimisticServers(this.#store.state, accountId).map(catalogueOf),
    );
    return { server, names, ...this.#around(accountId) };
  }

  /** @param portal as it is, or as a document has it */
  ofPortal(accountId: string, portal: Portal): FixContext {
    const serverOf = (serverId: string) =>
      findServer(this.#store.state, accountId, serverId)?.optimistic ??
      portal.mappings.get(serverId)?.server;
    const names = this.#namesOf(JSON.stringify([accountId, portal.id]), () =>
      [...portal.mappings.values()].flatMap((mapping) => {
        const server = serverOf(mapping.serverId);
        return server === undefined ? [] : [mappedCatalogueOf(mapping, server)];
      }),
    );
    return { portal, serverOf, names, ...this.#around(accountId) };
  }

  #around(accountId: string): Pick<FixContext, "clients" | "renamedTo"> {
    return {
      clients: this.#clients,
      renamedTo: (serverId, of) => this.#findings.renamedTo({ accountId, serverId }, of),
    };
  }

  #namesOf(key: string, catalogues: () => readonly Catalogue[]): ExposedNames {
    // Most fixes need no names, so the catalogues are read when the first name is asked for.
    const names =
      this.#names.get(key) ?? new ExposedNames({ [Symbol.iterator]: () => catalogues().values() });
    this.#names.set(key, names);
    return names;
  }
}
