import { Emitter, type Event } from "../../base/emitter.ts";
import { memoize } from "../../base/memo.ts";
import type { AccountId } from "../../domain/account.ts";
import {
  catalogueOf,
  type ExposedCapability,
  type Exposing,
} from "../../domain/catalogue/serverCatalogue.ts";
import type { CountedCosts } from "../../domain/cost/counted.ts";
import {
  costOfMapping,
  costOfPortal,
  costsOfOwnTools,
  type PortalCost,
} from "../../domain/cost/portalCost.ts";
import {
  type Cost,
  costByConnection,
  costOfCatalogue,
  costOfTool,
  type TokenCounts,
} from "../../domain/cost/sums.ts";
import type { Connection } from "../../domain/portals/endpoint.ts";
import { exposedList } from "../../domain/portals/exposedList.ts";
import type { Mapping, Portal } from "../../domain/portals/portal.ts";
import type { SharedJson } from "../ports.ts";
import { findPortal, findServer, type State } from "../state.ts";
import { AccountTokens } from "./accountTokens.ts";
import type { Tokenizer } from "./tokenizer.ts";

interface CostsOptions {
  readonly tokenizer: Tokenizer;
  /** The file of an account's counts; undefined for an account that isn't stored. */
  readonly fileOf: (accountId: AccountId) => SharedJson | undefined;
  readonly onFailure: (error: unknown) => void;
}

interface InAccount {
  readonly accountId: AccountId;
}

interface OfServer extends InAccount {
  readonly serverId: string;
}

interface OfPortal extends InAccount {
  readonly portalId: string;
}

/** What a part of an account costs. Asking for a cost lets it be counted; see `Cost.pending`. */
export interface ReadonlyCosts {
  /** Fires with the account of which something more is counted than before. */
  readonly onDidChange: Event<AccountId>;
  /** The counts, for sums of one's own. */
  counts(accountId: AccountId): TokenCounts;
  /** What a tool costs while it is on; undefined while it isn't counted. */
  ofTool(accountId: AccountId, shown: ExposedCapability): number | undefined;
  /** A server by itself, whatever portals make of it. Undefined for one that is gone. */
  ofServer(address: OfServer): Cost | undefined;
  /** With each of its mappings. Undefined for a portal that is gone. */
  ofPortal(address: OfPortal): PortalCost | undefined;
  /** For each way of connecting to the portal; empty for a portal that is gone. */
  byConnection(address: OfPortal): ReadonlyMap<Connection, Cost>;
  /** All that a portal exposes, for sums of one's own; nothing for a portal that is gone. */
  exposed(address: OfPortal): readonly ExposedCapability[];
}

/** The costs of all accounts. Sums are kept for as long as what they are of is the same object. */
export class Costs implements ReadonlyCosts {
  readonly #store: { readonly state: State };
  readonly #options: CostsOptions;
  readonly #accounts = new Map<AccountId, Account>();
  readonly #changed = new Emitter<AccountId>();

  readonly onDidChange = this.#changed.event;

  constructor(store: { readonly state: State }, options: CostsOptions) {
    this.#store = store;
    this.#options = options;
  }

  /** The costs of an account's objects, such as of a draft. */
  counted(accountId: AccountId): CountedCosts {
    return {
      ofServer: (server) => this.#account(accountId).ofServer(server),
      ofPortal: (portal) => this.#ofPortal(accountId, portal).total,
      ofOwnTools: (portal) =>
        costsOfOwnTools(
          portal,
          (mapping) => this.#mappedServer(accountId, mapping),
          this.counts(accountId),
        ),
      ofTool: (shown) => this.ofTool(accountId, shown),
    };
  }

  counts(accountId: AccountId): TokenCounts {
    return this.#account(accountId).tokens;
  }

  ofTool(accountId: AccountId, shown: ExposedCapability): number | undefined {
    return costOfTool(shown, this.counts(accountId));
  }

  ofServer(address: OfServer): Cost | undefined {
    const server = findServer(this.#store.state, address.accountId, address.serverId)?.optimistic;
    return server && this.#account(address.accountId).ofServer(server);
  }

  ofPortal(address: OfPortal): PortalCost | undefined {
    const portal = this.#portal(address);
    return portal && this.#ofPortal(address.accountId, portal);
  }

  byConnection(address: OfPortal): ReadonlyMap<Connection, Cost> {
    return costByConnection(this.exposed(address), this.counts(address.accountId));
  }

  exposed(address: OfPortal): readonly ExposedCapability[] {
    const portal = this.#portal(address);
    return portal === undefined
      ? []
      : exposedList(portal, (serverId) => this.#serverOf(address.accountId, serverId));
  }

  /** Forgets an account that was signed out. */
  forget(accountId: AccountId): void {
    this.#accounts.get(accountId)?.tokens.dispose();
    this.#accounts.delete(accountId);
  }

  dispose(): void {
    for (const accountId of [...this.#accounts.keys()]) {
      this.forget(accountId);
    }
    this.#changed.dispose();
  }

  #account(accountId: AccountId): Account {
    const account = this.#accounts.get(accountId) ?? this.#open(accountId);
    this.#accounts.set(accountId, account);
    return account;
  }

  #open(accountId: AccountId): Account {
    return new Account(
      new AccountTokens({
        tokenizer: this.#options.tokenizer,
        file: this.#options.fileOf(accountId),
        onDidCount: () => this.#changed.fire(accountId),
        onFailure: this.#options.onFailure,
      }),
    );
  }

  #portal(address: OfPortal): Portal | undefined {
    return findPortal(this.#store.state, address)?.optimistic;
  }

  #ofPortal(accountId: AccountId, portal: Portal): PortalCost {
    const account = this.#account(accountId);
    return costOfPortal(portal, (mapping) => {
      const server = this.#mappedServer(accountId, mapping);
      return server && account.ofMapping(mapping, server);
    });
  }

  /** The server's own answer, or else what the portal's tells of it. */
  #mappedServer(accountId: AccountId, { serverId, server }: Mapping): Exposing | undefined {
    return this.#serverOf(accountId, serverId) ?? server;
  }

  #serverOf(accountId: AccountId, serverId: string): Exposing | undefined {
    return findServer(this.#store.state, accountId, serverId)?.optimistic;
  }
}

/** The tokens of an account and the sums of them. */
class Account {
  readonly tokens: AccountTokens;
  readonly #ofServer: (server: Exposing) => Sum;
  readonly #ofMapping: (mapping: Mapping) => (server: Exposing) => Sum;

  constructor(tokens: AccountTokens) {
    this.tokens = tokens;
    this.#ofServer = memoize(
      (server: Exposing) => new Sum(tokens, () => costOfCatalogue(catalogueOf(server), tokens)),
    );
    this.#ofMapping = memoize((mapping: Mapping) =>
      memoize((server: Exposing) => new Sum(tokens, () => costOfMapping(mapping, server, tokens))),
    );
  }

  ofServer(server: Exposing): Cost {
    return this.#ofServer(server).cost;
  }

  ofMapping(mapping: Mapping, server: Exposing): Cost {
    return this.#ofMapping(mapping)(server).cost;
  }
}

/** A sum of what can't change. It is computed again for as long as something of it isn't counted. */
class Sum {
  readonly #tokens: AccountTokens;
  readonly #compute: () => Cost;
  #known: { readonly cost: Cost; readonly generation: number } | undefined;

  constructor(tokens: AccountTokens, compute: () => Cost) {
    this.#tokens = tokens;
    this.#compute = compute;
  }

  get cost(): Cost {
    const { generation } = this.#tokens;
    const known = this.#known;
    if (known !== undefined && (known.cost.pending === 0 || known.generation === generation)) {
      return known.cost;
    }
    const cost = this.#compute();
    this.#known = { cost, generation };
    return cost;
  }
}
