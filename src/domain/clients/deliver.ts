import { memoize } from "../../base/memo.ts";
import type { ExposedCapability } from "../catalogue/serverCatalogue.ts";
import {
  type Client,
  type ClientRule,
  type CountLimit,
  EFFECTS,
  type Effect,
  type ModelDefinition,
} from "./client.ts";
import { PORTAL_IN_CLIENT } from "./clientIds.ts";
import { exposedDefinition } from "./exposedDefinition.ts";
import { type Reason, reasonsIn } from "./matching.ts";
import { NAMINGS, toolNameIn } from "./naming.ts";

/** One tool or prompt as a client gets it. */
export interface Delivered {
  readonly shown: ExposedCapability;
  /** The name that the client uses. */
  readonly name: string;
  /** The worst that happens to it whatever the model is; undefined where it arrives as it is. */
  readonly effect: Effect | undefined;
  readonly reasons: readonly Reason[];
}

/** What happens to a list as a whole. */
export type ListEffect =
  /** The request or the list is lost because of these tools. */
  | {
      readonly of: "tools";
      readonly loses: "request" | "list";
      readonly because: readonly Delivered[];
    }
  /** There are more tools than the client takes. */
  | { readonly of: "count"; readonly limit: CountLimit; readonly count: number }
  /** The client searches among the tools instead of sending them all. */
  | { readonly of: "deferral"; readonly models: (() => string) | undefined };

export interface DeliveredList {
  readonly client: Client;
  /** In the order of what is exposed. */
  readonly items: readonly Delivered[];
  readonly effects: readonly ListEffect[];
}

const listsOf = memoize(
  (_exposed: readonly ExposedCapability[]) => new Map<string, DeliveredList>(),
);

/**
 * What a client makes of everything that a portal exposes to it. Linear in the size of the
 * definitions; memoized by the list's identity. What is off isn't exposed, so it is left out.
 * @param server the portal's name in the client, which most clients put into every name
 */
export function deliver(
  client: Client,
  exposed: readonly ExposedCapability[],
  server: string = PORTAL_IN_CLIENT,
): DeliveredList {
  const lists = listsOf(exposed);
  const key = `${client.id} ${server}`;
  const known = lists.get(key);
  // Another table may have the same id, in a test for example.
  if (known?.client === client) {
    return known;
  }
  const list = makeList(client, exposed, server);
  lists.set(key, list);
  return list;
}

function makeList(
  client: Client,
  exposed: readonly ExposedCapability[],
  server: string,
): DeliveredList {
  const on = exposed.filter(({ enabled }) => enabled);
  const count = on.reduce((sum, { kind }) => (kind === "tool" ? sum + 1 : sum), 0);
  const whole: WholeList = { client, server, isDeferred: isDeferred(client, count) };
  const names = new SameNames(client);
  const items: Delivered[] = [];
  let tools = 0;
  for (const shown of on) {
    if (shown.kind === "prompt") {
      const reasons = reasonsIn(client, shown, server);
      items.push({ shown, name: shown.exposedName, reasons, effect: worstOf(reasons) });
      continue;
    }
    tools += 1;
    items.push(deliverTool(shown, tools, whole, names));
  }
  return { client, items, effects: [...listEffects(client, items, count)] };
}

interface WholeList {
  readonly client: Client;
  readonly server: string;
  readonly isDeferred: boolean;
}

function isDeferred({ defers }: Client, count: number): boolean {
  return defers !== undefined && defers.models === undefined && count >= defers.from;
}

/** @param place counted from 1, among the tools */
function deliverTool(
  shown: ExposedCapability,
  place: number,
  { client, server, isDeferred }: WholeList,
  names: SameNames,
): Delivered {
  const name = toolNameIn(NAMINGS[client.id], shown.exposedName, server);
  const own = reasonsIn(client, shown, server);
  const same = names.reasonFor(name);
  const reasons = same === undefined ? own : [...own, same];
  const { limit } = client;
  const isOver = limit?.effect === "dropped" && place > limit.most;
  const effect = worst(worstOf(reasons), isOver ? "dropped" : undefined);
  return { shown, name, reasons, effect: effect ?? (isDeferred ? "deferred" : undefined) };
}

function* listEffects(
  { limit, defers }: Client,
  items: readonly Delivered[],
  count: number,
): Iterable<ListEffect> {
  for (const loses of ["list", "request"] as const) {
    const because = items.filter(({ reasons }) => reasons.some(({ rule }) => rule.loses === loses));
    if (because.length > 0) {
      yield { of: "tools", loses, because };
    }
  }
  if (limit !== undefined && count > limit.most) {
    yield { of: "count", limit, count };
  }
  if (defers !== undefined && count >= defers.from) {
    yield { of: "deferral", models: defers.models };
  }
}

/** Finds names that a client makes of two exposed ones. */
class SameNames {
  readonly #rule: ClientRule | undefined;
  readonly #taken = new Set<string>();

  constructor({ rules }: Client) {
    this.#rule = rules.find(({ match }) => match.of === "sameName");
  }

  reasonFor(name: string): Reason | undefined {
    if (this.#rule === undefined) {
      return undefined;
    }
    if (this.#taken.has(name)) {
      return { rule: this.#rule, pointer: "/name", about: name, count: 1 };
    }
    this.#taken.add(name);
    return undefined;
  }
}

/** What some models alone get altered doesn't count. */
function worstOf(reasons: readonly Reason[]): Effect | undefined {
  let found: Effect | undefined;
  for (const { rule } of reasons) {
    found = rule.models === undefined ? worst(found, rule.effect) : found;
  }
  return found;
}

function worst(one: Effect | undefined, other: Effect | undefined): Effect | undefined {
  if (one === undefined || other === undefined) {
    return one ?? other;
  }
  return EFFECTS.indexOf(one) <= EFFECTS.indexOf(other) ? one : other;
}

/** The definition as it arrives in the client. What only some models get altered is left as it is. */
export function deliveredDefinition({ shown, name, reasons }: Delivered): ModelDefinition {
  const exposed = { ...exposedDefinition(shown), name };
  const altering = reasons.filter(({ rule }) => rule.models === undefined);
  return altering.reduce((altered, { rule }) => rule.alter?.(altered) ?? altered, exposed);
}
