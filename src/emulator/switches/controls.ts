import { matchesPath } from "./pathPattern.ts";
import {
  type Behaviours,
  DEFAULT_BEHAVIOURS,
  type Fault,
  type Intervention,
  type Match,
  type SwitchChange,
} from "./schemas.ts";

export interface RateLimit {
  readonly requests: number;
  readonly seconds: number;
}

/** The current switches. */
export class Controls {
  readonly faults = new Matcher<Fault>();
  readonly interventions = new Matcher<Intervention>();
  latency: number;
  rateLimit: RateLimit | undefined;
  backgroundSync = 0;
  /** Called after every change. */
  onChange: () => void = () => undefined;
  #all: Behaviours;
  readonly #initial: { readonly latency: number; readonly all: Behaviours };
  readonly #servers = new Map<string, SwitchChange["all"]>();

  constructor(latency: number, syncLatency: number) {
    this.#initial = { latency, all: { ...DEFAULT_BEHAVIOURS, syncLatency } };
    this.#all = this.#initial.all;
    this.latency = latency;
  }

  /** The behaviours for a server; without an id, those for requests that concern no server. */
  behaviours(serverId?: string): Behaviours {
    const own = serverId === undefined ? undefined : this.#servers.get(serverId);
    return own === undefined ? this.#all : overlay(this.#all, own);
  }

  /** @throws RangeError where too many faults or interventions would be waiting */
  change(change: SwitchChange): void {
    this.interventions.checkRoom(change.interventions ?? []);
    this.faults.add(change.faults ?? []);
    this.interventions.add(change.interventions ?? []);
    this.#all = overlay(this.#all, change.all ?? {});
    for (const [id, own] of Object.entries(change.servers ?? {})) {
      this.#servers.set(id, { ...this.#servers.get(id), ...own });
    }
    this.latency = change.latency ?? this.latency;
    this.backgroundSync = change.backgroundSync ?? this.backgroundSync;
    if (change.rateLimit !== undefined) {
      this.rateLimit = change.rateLimit ?? undefined;
    }
    this.onChange();
  }

  /** Resets everything to the values of the command line. */
  reset(): void {
    this.#all = this.#initial.all;
    this.#servers.clear();
    this.faults.clear();
    this.interventions.clear();
    this.latency = this.#initial.latency;
    this.backgroundSync = 0;
    this.rateLimit = undefined;
    this.onChange();
  }
}

function overlay(base: Behaviours, change: NonNullable<SwitchChange["all"]>): Behaviours {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  return { ...base, ...Object.fromEntries(given) };
}

const MAX_WAITING = 1000;

interface Armed<T> {
  readonly item: T;
  readonly path: RegExp | undefined;
  seen: number;
}

/** Items that apply to certain requests. Each counts the requests that match it. */
export class Matcher<T extends { readonly match: Match }> {
  #armed: readonly Armed<T>[] = [];

  /** @throws RangeError where there would be too many with these */
  checkRoom(items: readonly T[]): void {
    const waiting = this.#armed.filter((armed) => !isSpent(armed));
    if (waiting.length + items.length > MAX_WAITING) {
      throw new RangeError(`More than ${MAX_WAITING} faults or interventions would be waiting`);
    }
  }

  /** @throws RangeError where there would be too many; none is added then */
  add(items: readonly T[]): void {
    this.checkRoom(items);
    const waiting = this.#armed.filter((armed) => !isSpent(armed));
    const added = items.map((item): Armed<T> => {
      const { path } = item.match;
      return { item, path: path === undefined ? undefined : new RegExp(path), seen: 0 };
    });
    this.#armed = [...waiting, ...added];
  }

  clear(): void {
    this.#armed = [];
  }

  /**
   * The first item that applies to this request. Later items don't count the request, so items
   * apply in turn.
   */
  takeFirst(method: string, path: string): T | undefined {
    return this.#armed.find((armed) => countAndMatch(armed, method, path))?.item;
  }

  /** All items that apply to this request, in the order in which they were added. */
  take(method: string, path: string): readonly T[] {
    return this.#armed
      .filter((armed) => countAndMatch(armed, method, path))
      .map((armed) => armed.item);
  }
}

/** Counts the request where it matches. True where the item applies to it. */
function countAndMatch(
  armed: Armed<{ readonly match: Match }>,
  method: string,
  path: string,
): boolean {
  const { match } = armed.item;
  if (match.method !== undefined && match.method !== method) {
    return false;
  }
  if (isSpent(armed) || (armed.path !== undefined && !matchesPath(armed.path, path))) {
    return false;
  }
  armed.seen += 1;
  return armed.seen >= (match.nth ?? 1);
}

/** True when the item has applied as often as it should. */
function isSpent({ item: { match }, seen }: Armed<{ readonly match: Match }>): boolean {
  const { nth = 1, count = 1 } = match;
  return count !== 0 && seen >= nth + count - 1;
}
