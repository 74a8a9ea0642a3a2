import { groupedByStem } from "../catalogue/names.ts";
import { catalogueOf } from "../catalogue/serverCatalogue.ts";
import type { LostOverride, LostOverrides } from "../review/lostOverrides.ts";
import type { RenamedTo } from "../review/renames.ts";
import type { Server } from "../servers/server.ts";
import { asFound, checkServer, type RawFinding } from "./checkServer.ts";
import { RuleIndex } from "./crossServerIndex.ts";
import type { Finding } from "./finding.ts";
import type { Accepted, AcceptedRule, AccountRule, IndexKind, LostRule, Rule } from "./rule.ts";
import { RULES } from "./rules.ts";
import { type CheckSettings, FindingFilter } from "./settings.ts";

/** The catalogues that an administrator accepted last, by server id. */
export type AcceptedCatalogues = (serverId: string) => Accepted | undefined;

/** The inputs of a server's findings. While all of them stay the same, the findings do too. */
interface Known {
  readonly server: Server;
  readonly isAlone: boolean;
  readonly settings: CheckSettings;
  readonly accepted: Accepted | undefined;
  /** See {@link lostInput}. */
  readonly lost: string;
  readonly across: readonly RawFinding[];
  readonly findings: readonly Finding[];
}

/** The overrides that syncs took from servers, and the likely new names of their tools. */
export interface Losses {
  readonly lost: LostOverrides;
  readonly renamedTo: RenamedTo;
}

const NO_LOSSES: Losses = { lost: new Map(), renamedTo: () => undefined };

const LOST_RULES = RULES.filter((rule): rule is LostRule => rule.of === "lost");
const ACCEPTED_RULES = RULES.filter((rule): rule is AcceptedRule => rule.of === "accepted");

/** Keeps the findings of one account. A server whose inputs didn't change keeps its list. */
export class AccountChecker {
  readonly #indexes: ReadonlyMap<IndexKind, RuleIndex>;
  readonly #rules: readonly AccountRule[];
  #known: ReadonlyMap<string, Known> = new Map();

  constructor(rules: readonly Rule[] = RULES) {
    this.#rules = rules.filter((rule): rule is AccountRule => rule.of === "account");
    this.#indexes = new Map(this.#rules.map(({ index }) => [index, new RuleIndex(index)]));
  }

  check(
    servers: Iterable<Server>,
    settings: CheckSettings,
    acceptedOf: AcceptedCatalogues = () => undefined,
    { lost, renamedTo }: Losses = NO_LOSSES,
  ): ReadonlyMap<string, readonly Finding[]> {
    const now = new Map([...servers].map((server) => [server.id, server]));
    const alone = aloneIn(now.keys());
    const concerned = this.#index(now, alone);
    const filter = new FindingFilter(settings);
    const next = new Map<string, Known>();
    for (const [id, server] of now) {
      const accepted = acceptedOf(id);
      const ofServer = lost.get(id) ?? [];
      const lostNow = lostInput(ofServer, renamedTo);
      const before = this.#known.get(id);
      const across = before === undefined || concerned.has(id) ? this.#evaluate(id) : before.across;
      const same =
        before?.server === server &&
        before.settings === settings &&
        before.accepted === accepted &&
        before.lost === lostNow &&
        sameFindings(before.across, across);
      const findings = same
        ? before.findings
        : filtered(
            [
              ...checkServer(server).findings,
              ...across,
              ...changed(server, accepted),
              ...lostBy(server, ofServer, renamedTo),
            ],
            filter,
            id,
          );
      const isAlone = alone.has(id);
      next.set(id, { server, isAlone, settings, accepted, lost: lostNow, across, findings });
    }
    this.#known = next;
    return new Map([...next].map(([id, { findings }]) => [id, findings]));
  }

  #evaluate(serverId: string): readonly RawFinding[] {
    const found: RawFinding[] = [];
    for (const [kind, index] of this.#indexes) {
      const rules = this.#rules.filter((rule) => rule.index === kind);
      for (const [ask, offers] of index.lookups(serverId)) {
        for (const rule of rules) {
          const hit = rule.evaluate(ask, offers);
          if (hit !== undefined) {
            found.push(asFound(rule, hit));
          }
        }
      }
    }
    return found;
  }

  /**
   * Brings the indexes up to date. Returns the servers whose findings across servers may have
   * changed.
   */
  #index(now: ReadonlyMap<string, Server>, alone: ReadonlySet<string>): ReadonlySet<string> {
    const concerned = new Set<string>();
    // At first all servers are concerned.
    const others = this.#known.size === 0 ? undefined : concerned;
    const update = (id: string, server: Server | undefined): void => {
      concerned.add(id);
      const indexed = server && {
        server,
        isAlone: alone.has(id),
        naming: checkServer(server).naming,
      };
      for (const index of this.#indexes.values()) {
        index.update(id, indexed, others);
      }
    };
    for (const id of this.#known.keys()) {
      if (!now.has(id)) {
        update(id, undefined);
      }
    }
    for (const [id, server] of now) {
      const before = this.#known.get(id);
      if (before?.server !== server || before.isAlone !== alone.has(id)) {
        update(id, server);
      }
    }
    return concerned;
  }
}

/** The servers whose exposed names no other server can expose too. */
function aloneIn(serverIds: Iterable<string>): ReadonlySet<string> {
  const groups = groupedByStem(serverIds, (id) => id);
  return new Set(groups.filter(({ length }) => length === 1).flat());
}

function filtered(
  raw: readonly RawFinding[],
  filter: FindingFilter,
  serverId: string,
): readonly Finding[] {
  return raw.flatMap(
    ({ finding, clients }) => filter.pass({ server: serverId, finding }, clients) ?? [],
  );
}

function changed(server: Server, accepted: Accepted | undefined): readonly RawFinding[] {
  if (accepted === undefined) {
    return [];
  }
  return ACCEPTED_RULES.flatMap((rule) =>
    [...rule.check(server, catalogueOf(server), accepted)].map((hit) => asFound(rule, hit)),
  );
}

function lostBy(
  server: Server,
  lost: readonly LostOverride[],
  renamedTo: RenamedTo,
): readonly RawFinding[] {
  return lost.length === 0
    ? []
    : LOST_RULES.flatMap((rule) =>
        [...rule.check(server, lost, renamedTo)].map((hit) => asFound(rule, hit)),
      );
}

/** A text by which losses are compared, because each read of their file makes new objects. */
export function lostInput(lost: readonly LostOverride[], renamedTo: RenamedTo): string {
  return lost.length === 0
    ? ""
    : JSON.stringify(lost.map((each) => [each, renamedTo(each.serverId, each.of) ?? null]));
}

function sameFindings(one: readonly RawFinding[], other: readonly RawFinding[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ finding }, index) => finding.message === other[index]?.finding.message)
  );
}
