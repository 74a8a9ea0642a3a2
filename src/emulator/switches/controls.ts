import { type Behaviours, defaultBehaviours } from "./behaviours.ts";
import type { Fault } from "./fault.ts";
import type { Intervention } from "./intervention.ts";
import { Matcher } from "./matcher.ts";
import type { SwitchChange } from "./switches.ts";

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
    this.#initial = { latency, all: { ...defaultBehaviours, syncLatency } };
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
