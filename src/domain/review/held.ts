import { isRecord, sameJson } from "../../base/json.ts";
import { hasSameItems } from "../../base/memo.ts";
import { catalogueOf } from "../catalogue/serverCatalogue.ts";
import type { CapabilityRef } from "../servers/fields.ts";
import type { Server } from "../servers/server.ts";
import type { Baseline, Definition } from "./baseline.ts";
import type { DefinitionChange } from "./changes.ts";

/** Which tools and prompts are turned off until somebody accepts them. */
export const HOLD_MODES = ["off", "new", "newAndChanged"] as const;
export type HoldMode = (typeof HOLD_MODES)[number];

/**
 * What hold did to a tool or prompt that was on. `turningOff` lasts until Cloudflare has it, also
 * over a crash. `left` stays as people have it: it was off before, or somebody turned it on since.
 */
const HELD_STATES = ["turningOff", "off", "left"] as const;

/** A tool or prompt that hold has dealt with, so that it does so once. */
export interface Held extends CapabilityRef {
  /** What nobody had accepted then. Hold deals with another one anew. */
  readonly definition: Definition;
  readonly state: (typeof HELD_STATES)[number];
}

export interface HoldPlan {
  readonly turnOff: readonly CapabilityRef[];
  /** What was accepted, or is again as it was accepted. */
  readonly turnOn: readonly CapabilityRef[];
  /** What is kept before anything is written, so that it can be turned on whatever happens. */
  readonly held: readonly Held[];
}

type Holding = Pick<Server, "id" | "tools" | "prompts" | "toolOverrides" | "promptOverrides">;

const NONE: readonly Held[] = [];

/**
 * What has to be done so that a server is as hold wants it; undefined for nothing.
 * @param server as Cloudflare has it, read later than anything that hold wrote
 * @param changes all that wait for a review
 */
export function planHold(
  server: Holding,
  { heldBack: held = NONE }: Pick<Baseline, "heldBack">,
  changes: readonly DefinitionChange[],
  mode: HoldMode,
): HoldPlan | undefined {
  const known = new Map(held.map((each) => [keyOf(each), each]));
  const plans = [
    ...changes.flatMap((change) => planOfChange(server, known.get(keyOf(change)), change, mode)),
    ...settledOnes(held, changes).flatMap((each) => planOfSettled(server, each)),
  ];
  const next = plans.flatMap(({ keep }) => keep ?? []);
  const turning = (to: Turning): readonly CapabilityRef[] =>
    plans.filter(({ turn }) => turn === to).map(({ of: { kind, name } }) => ({ kind, name }));
  const [turnOff, turnOn] = [turning("off"), turning("on")];
  const isNothing = turnOff.length + turnOn.length === 0 && isSameSet(held, next);
  return isNothing ? undefined : { turnOff, turnOn, held: next };
}

type Turning = "off" | "on" | undefined;

interface Plan {
  readonly of: CapabilityRef;
  readonly turn: Turning;
  readonly keep: Held | undefined;
}

/** None for what is gone. */
function planOfChange(
  server: Holding,
  before: Held | undefined,
  change: DefinitionChange,
  mode: HoldMode,
): readonly Plan[] {
  const { kind, name } = change;
  const enabled = catalogueOf(server).find(kind, name)?.enabled;
  if (change.how === "removed" || enabled === undefined) {
    return before === undefined ? [] : planOfSettled(server, before);
  }
  const definition = change.after;
  const isHeld = before !== undefined && before.state !== "left";
  // What was turned off before the setting was changed is still turned on when it is accepted.
  if (!isWanted(change, mode) && (enabled || !isHeld)) {
    return keptWithoutHold(before);
  }
  const state = stateOf(before, definition, enabled);
  const keep = heldAs(before, { kind, name, definition, state });
  return [{ of: change, turn: state === "turningOff" ? "off" : undefined, keep }];
}

function stateOf(
  before: Held | undefined,
  definition: Definition,
  enabled: boolean,
): Held["state"] {
  const isDealtWith =
    before !== undefined &&
    before.state !== "turningOff" &&
    sameJson(before.definition, definition);
  if (enabled) {
    return isDealtWith ? "left" : "turningOff";
  }
  return before === undefined || before.state === "left" ? "left" : "off";
}

/** What people decided stays decided, should the setting be changed back. */
function keptWithoutHold(before: Held | undefined): readonly Plan[] {
  return before === undefined || before.state === "turningOff"
    ? []
    : [
        {
          of: before,
          turn: undefined,
          keep: before.state === "left" ? before : { ...before, state: "left" },
        },
      ];
}

function isWanted({ how }: DefinitionChange, mode: HoldMode): boolean {
  switch (mode) {
    case "off":
      return false;
    case "new":
      return how === "added" || how === "renamed";
    case "newAndChanged":
      return how !== "removed";
  }
}

/** What hold has dealt with and doesn't wait for a review any more. */
function settledOnes(held: readonly Held[], changes: readonly DefinitionChange[]): readonly Held[] {
  const waiting = new Set(changes.map(keyOf));
  return held.filter((each) => !waiting.has(keyOf(each)));
}

function planOfSettled(server: Holding, held: Held): readonly Plan[] {
  const { kind, name, state } = held;
  const enabled = catalogueOf(server).find(kind, name)?.enabled;
  if (enabled === undefined) {
    // It may come back, and is off then for as long as Cloudflare has its override.
    const overrides = kind === "tool" ? server.toolOverrides : server.promptOverrides;
    return overrides.has(name) ? [{ of: held, turn: undefined, keep: held }] : [];
  }
  return state === "left" || enabled ? [] : [{ of: held, turn: "on", keep: held }];
}

/** The same object where it says the same. */
function heldAs(before: Held | undefined, next: Held): Held {
  return before?.state === next.state && sameJson(before.definition, next.definition)
    ? before
    : next;
}

function isSameSet(one: readonly Held[], other: readonly Held[]): boolean {
  return hasSameItems(one.toSorted(byKey), other.toSorted(byKey));
}

function byKey(one: Held, other: Held): number {
  return keyOf(one) < keyOf(other) ? -1 : 1;
}

/** What is kept once a plan was written. What wasn't saved is tried again. */
export function heldAfter({ held, turnOn }: HoldPlan, saved: readonly CapabilityRef[]): Held[] {
  const done = new Set(saved.map(keyOf));
  const turnedOn = new Set(turnOn.map(keyOf).filter((key) => done.has(key)));
  return held
    .filter((each) => !turnedOn.has(keyOf(each)))
    .map((each) =>
      each.state === "turningOff" && done.has(keyOf(each)) ? { ...each, state: "off" } : each,
    );
}

/** Whether accepting this one turns it on. */
export function isHeldOff(
  { heldBack: held = NONE }: Pick<Baseline, "heldBack">,
  of: CapabilityRef,
): boolean {
  const key = keyOf(of);
  return held.some((each) => each.state === "off" && keyOf(each) === key);
}

/** These stay as people have them, whatever hold did. The same list where hold did nothing to them. */
export function leftAsItIs(
  held: readonly Held[],
  capabilities: readonly CapabilityRef[],
): readonly Held[] {
  const keys = new Set(capabilities.map(keyOf));
  const isHeld = (each: Held): boolean => each.state !== "left" && keys.has(keyOf(each));
  return held.some(isHeld)
    ? held.map((each) => (isHeld(each) ? { ...each, state: "left" } : each))
    : held;
}

function keyOf({ kind, name }: CapabilityRef): string {
  return `${kind}:${name}`;
}

/** Leaves out what can't be read: it only isn't turned on by accepting it. */
export function parseHeld(value: unknown): readonly Held[] {
  return Array.isArray(value) ? value.flatMap(parseOne) : NONE;
}

function parseOne(value: unknown): readonly Held[] {
  if (!isRecord(value)) {
    return [];
  }
  const { kind, name, definition } = value;
  const state = HELD_STATES.find((each) => each === value["state"]);
  const isWhole = (kind === "tool" || kind === "prompt") && typeof name === "string";
  return isWhole && isRecord(definition) && state !== undefined
    ? [{ kind, name, definition, state }]
    : [];
}
