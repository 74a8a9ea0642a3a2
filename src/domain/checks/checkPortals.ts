import { memoize } from "../../base/memo.ts";
import { catalogueOf, type Exposing } from "../catalogue/serverCatalogue.ts";
import type { LiveItem } from "../live/compareLive.ts";
import { isOn, nameIn } from "../portals/exposedTools.ts";
import { type MappedCapability, mappedCapability } from "../portals/exposure.ts";
import { overridesOf } from "../portals/fields.ts";
import type { MappedServer, Mapping, Portal } from "../portals/portal.ts";
import type { KnownFacts } from "../reach/chain.ts";
import type { LostOverrides } from "../review/lostOverrides.ts";
import type { RenamedTo } from "../review/renames.ts";
import type { CapabilityRef } from "../servers/fields.ts";
import type { Server } from "../servers/server.ts";
import { lostInput } from "./checkAccount.ts";
import { asFound, type RawFinding } from "./checkServer.ts";
import { type Finding, placeInPortal } from "./finding.ts";
import { type KnownFindings, knownFindings } from "./knownFindings.ts";
import type { CapabilityRule, MappedRule, PortalRule, PortalSurroundings } from "./rule.ts";
import { RULES } from "./rules.ts";
import { type CheckSettings, FindingFilter } from "./settings.ts";

type Findings = ReadonlyMap<string, readonly Finding[]>;

/** An account as the rules about portals see it. */
export interface PortalsInput {
  readonly portals: readonly Portal[];
  /** By id. */
  readonly servers: ReadonlyMap<string, Server>;
  /** The findings of each server, by the server's id. */
  readonly found: Findings;
  readonly settings: CheckSettings;
  /** The overrides that each portal lost, by the portal's id. */
  readonly lost: LostOverrides;
  /** Left out where nothing is known of renames. */
  readonly renamedTo?: RenamedTo;
  /** What was read beside each portal, by the portal's id. Left out where nobody looked. */
  readonly reach?: ReachedPortals;
  /** What comparisons with VS Code's tools told, by the portal's id. Left out where there is none. */
  readonly live?: LiveItems;
}

export type ReachedPortals = ReadonlyMap<string, KnownFacts>;
export type LiveItems = ReadonlyMap<string, readonly LiveItem[]>;

export interface PortalsChecked {
  /** By the portal's id. */
  readonly portals: Findings;
  /** By the server's id; see `findingsInPortals`. */
  readonly servers: Findings;
}

const PORTAL_RULES = RULES.filter((rule): rule is PortalRule => rule.of === "portal");
const MAPPED_RULES = RULES.filter((rule): rule is MappedRule => rule.of === "mapped");
const LAYERED_RULES = RULES.filter(
  (rule): rule is CapabilityRule => rule.of === "capability" && rule.value !== undefined,
);
const EXPOSED_NAME_RULES: ReadonlySet<string> = new Set(
  LAYERED_RULES.filter(({ value }) => value === "exposedName").map(({ id }) => id),
);
const NONE: readonly never[] = [];
const unknown: RenamedTo = () => undefined;
const UNREAD: ReachedPortals = new Map();
const NOTHING_LIVE: LiveItems = new Map();

/** Keeps the findings of an account's portals. What has the same inputs keeps its list. */
export class PortalChecker {
  #portals: ReadonlyMap<string, KnownFindings> = new Map();
  #servers: ReadonlyMap<string, KnownFindings> = new Map();

  check({
    portals,
    servers,
    found,
    settings,
    lost,
    renamedTo = unknown,
    reach = UNREAD,
    live = NOTHING_LIVE,
  }: PortalsInput): PortalsChecked {
    const filter = new FindingFilter(settings);
    const { clients } = settings;
    this.#portals = new Map(
      portals.map((portal) => {
        const ofPortal = lost.get(portal.id) ?? NONE;
        const serverOf = (id: string) => exposingOf(portal, servers, id);
        const inputs = [
          portal,
          settings,
          lostInput(ofPortal, renamedTo),
          reach.get(portal.id),
          live.get(portal.id),
          ...serversOf(portal, servers),
        ];
        return [
          portal.id,
          knownFindings(this.#portals.get(portal.id), inputs, () =>
            filteredPortal(
              portal,
              {
                serverOf,
                lost: ofPortal,
                renamedTo,
                reach: reach.get(portal.id),
                clients,
                live: live.get(portal.id) ?? NONE,
              },
              filter,
            ),
          ),
        ];
      }),
    );
    const mappings = mappingsByServer(portals);
    this.#servers = new Map(
      [...found].map(([id, own]) => {
        const server = servers.get(id);
        const of = mappings.get(id) ?? NONE;
        const inputs = [own, server, settings, portals.length > 0, ...of];
        return [
          id,
          knownFindings(this.#servers.get(id), inputs, () =>
            server === undefined || portals.length === 0
              ? own
              : withPortals(own, server, of, filter),
          ),
        ];
      }),
    );
    return { portals: findingsOf(this.#portals), servers: findingsOf(this.#servers) };
  }
}

/** All findings of one portal, such as one in a document that isn't saved. */
export function checkPortal(
  portal: Portal,
  {
    servers,
    settings,
    lost,
    renamedTo = unknown,
    reach = UNREAD,
    live = NOTHING_LIVE,
  }: Pick<PortalsInput, "servers" | "settings" | "lost" | "renamedTo" | "reach" | "live">,
): readonly Finding[] {
  const around = {
    serverOf: (id: string) => exposingOf(portal, servers, id),
    lost: lost.get(portal.id) ?? NONE,
    renamedTo,
    reach: reach.get(portal.id),
    clients: settings.clients,
    live: live.get(portal.id) ?? NONE,
  };
  return filteredPortal(portal, around, new FindingFilter(settings));
}

/**
 * The findings of a server or of its draft. Leaves out names that no portal shows, and adds what the
 * portals' lists of servers tell, such as that no portal has it.
 */
export function findingsInPortals(
  own: readonly Finding[],
  server: Server,
  { portals, settings }: Pick<PortalsInput, "portals" | "settings">,
): readonly Finding[] {
  const mappings = portals.flatMap((portal) => portal.mappings.get(server.id) ?? NONE);
  return portals.length === 0
    ? own
    : withPortals(own, server, mappings, new FindingFilter(settings));
}

/** The server's own answer, or else what the portal's tells of it. */
function exposingOf(
  { mappings }: Portal,
  servers: ReadonlyMap<string, Server>,
  serverId: string,
): Server | MappedServer | undefined {
  return servers.get(serverId) ?? mappings.get(serverId)?.server;
}

function serversOf({ mappings }: Portal, servers: ReadonlyMap<string, Server>): readonly unknown[] {
  return [...mappings.keys()].map((id) => servers.get(id));
}

function findingsOf(known: ReadonlyMap<string, KnownFindings>): Findings {
  return new Map([...known].map(([id, { findings }]) => [id, findings]));
}

function mappingsByServer(portals: readonly Portal[]): ReadonlyMap<string, readonly Mapping[]> {
  return Map.groupBy(
    portals.flatMap(({ mappings }) => [...mappings.values()]),
    ({ serverId }) => serverId,
  );
}

function filteredPortal(
  portal: Portal,
  around: PortalSurroundings,
  filter: FindingFilter,
): readonly Finding[] {
  const ofPortal = PORTAL_RULES.flatMap((rule) =>
    [...rule.check(portal, around)].map((hit) => asFound(rule, hit)),
  );
  const ofMappings = [...portal.mappings.values()].flatMap((mapping) => {
    const server = around.serverOf(mapping.serverId);
    return server === undefined ? NONE : ownValues(mapping)(server);
  });
  return [...ofPortal, ...ofMappings].flatMap(
    ({ finding, clients }) => filter.pass({ portal: portal.id, finding }, clients) ?? NONE,
  );
}

/** What the rules find in a mapping's own aliases and descriptions. Memoized by the identity of both. */
const ownValues = memoize((mapping: Mapping) =>
  memoize((server: Exposing): readonly RawFinding[] =>
    (["tool", "prompt"] as const).flatMap((kind) =>
      [...overridesOf(mapping, kind).values()].flatMap(({ name, alias, description }) =>
        alias === undefined && description === undefined
          ? NONE
          : checkOwn(mapping, server, { kind, name }),
      ),
    ),
  ),
);

function checkOwn(
  mapping: Mapping,
  server: Exposing,
  { kind, name }: CapabilityRef,
): readonly RawFinding[] {
  const onServer = catalogueOf(server).find(kind, name);
  if (onServer === undefined || !isOn(mapping, onServer)) {
    return NONE;
  }
  const shown = mappedCapability(mapping, server, onServer);
  return LAYERED_RULES.filter(({ value }) => isOwn(shown, value)).flatMap((rule) =>
    [...rule.check(shown)].map(({ path, ...hit }) =>
      asFound(rule, {
        ...hit,
        mapping: mapping.serverId,
        path: placeInPortal(mapping.serverId, path),
      }),
    ),
  );
}

/** False where the portal shows what the server shows, of which the server's own finding tells. */
function isOwn(
  { label, description, onServer }: MappedCapability,
  value: CapabilityRule["value"],
): boolean {
  return value === "description" ? description !== onServer.description : label !== onServer.label;
}

function withPortals(
  own: readonly Finding[],
  server: Server,
  mappings: readonly Mapping[],
  filter: FindingFilter,
): readonly Finding[] {
  const kept = own.filter((finding) => isExposed(finding, server, mappings));
  const added = MAPPED_RULES.flatMap((rule) =>
    [...rule.check(server, mappings.length > 0)].flatMap((hit) => {
      const { finding, clients } = asFound(rule, hit);
      return filter.pass({ server: server.id, finding }, clients) ?? NONE;
    }),
  );
  return kept.length === own.length && added.length === 0 ? own : [...kept, ...added];
}

/**
 * False for a name that no portal shows although portals have the server. A server that no portal
 * has is told of its names before somebody adds it.
 */
function isExposed(
  { rule, subject }: Finding,
  server: Server,
  mappings: readonly Mapping[],
): boolean {
  if (mappings.length === 0 || subject === undefined || !EXPOSED_NAME_RULES.has(rule)) {
    return true;
  }
  const shown = catalogueOf(server).find(subject.kind, subject.name);
  return (
    shown === undefined ||
    mappings.some((mapping) => isOn(mapping, shown) && nameIn(mapping, shown) === shown.exposedName)
  );
}
