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

/** The switches as they stand. */
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

  /** What holds for a server, or without an id for what belongs to none. */
  behaviours(serverId?: string): Behaviours {
    const own = serverId === undefined ? undefined : this.#servers.get(serverId);
    return own === undefined ? this.#all : overlay(this.#all, own);
  }

  change(change: SwitchChange): void {
    this.#all = overlay(this.#all, change.all ?? {});
    for (const [id, own] of Object.entries(change.servers ?? {})) {
      this.#servers.set(id, { ...this.#servers.get(id), ...own });
    }
    this.faults.add(change.faults ?? []);
    this.interventions.add(change.interventions ?? []);
    this.latency = change.latency ?? this.latency;
    this.backgroundSync = change.backgroundSync ?? this.backgroundSync;
    if (change.rateLimit !== undefined) {
      this.rateLimit = change.rateLimit ?? undefined;
    }
    this.onChange();
  }

  /** Back to what the command line said. */
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

interface Armed<T> {
  readonly item: T;
  readonly path: RegExp | undefined;
  seen: number;
}

/** Items that wait for certain requests. Each counts the requests that it matched. */
export class Matcher<T extends { readonly match: Match }> {
  readonly #armed: Armed<T>[] = [];

  add(items: readonly T[]): void {
    for (const item of items) {
      const { path } = item.match;
      this.#armed.push({ item, path: path === undefined ? undefined : new RegExp(path), seen: 0 });
    }
  }

  clear(): void {
    this.#armed.length = 0;
  }

  /** The first item that applies to this request. Later items don't count the request, so they take turns. */
  takeFirst(method: string, path: string): T | undefined {
    return this.#armed.find((armed) => counts(armed, method, path))?.item;
  }

  /** All that happen to this request, in the order in which they were added. */
  take(method: string, path: string): readonly T[] {
    return this.#armed.filter((armed) => counts(armed, method, path)).map((armed) => armed.item);
  }
}

function counts(armed: Armed<{ readonly match: Match }>, method: string, path: string): boolean {
  const { match } = armed.item;
  if (match.method !== undefined && match.method !== method) {
    return false;
  }
  if (armed.path !== undefined && !armed.path.test(path)) {
    return false;
  }
  armed.seen += 1;
  const first = match.nth ?? 1;
  const count = match.count ?? 1;
  return armed.seen >= first && (count === 0 || armed.seen < first + count);
}
