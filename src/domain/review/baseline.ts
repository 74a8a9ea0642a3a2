import { isRecord, type JsonRecord, readJson, sameJson } from "../../base/json.ts";
import { jsonText } from "../../base/jsonText.ts";
import type { Capability, CapabilityKind } from "../catalogue/capability.ts";
import type { Server } from "../servers/server.ts";
import { type Held, parseHeld } from "./held.ts";

/** One capability as the upstream sent it, with every key. */
export type Definition = JsonRecord;

/** By capability name. */
export type Definitions = ReadonlyMap<string, Definition>;

/** The definitions of a server that somebody accepted, whole. */
export interface Baseline {
  readonly tools: Definitions;
  readonly prompts: Definitions;
  /** False for those of the first look, which nobody has reviewed. */
  readonly reviewed: boolean;
  /** When they were last accepted, or first seen; ISO 8601. */
  readonly at: string;
  /** Absent where hold has never done anything. */
  readonly heldBack?: readonly Held[];
  /** Renames that somebody accepted, for what was set under the old names. Absent for none. */
  readonly renames?: readonly AcceptedRename[];
}

/** A capability under a new name. */
export interface AcceptedRename {
  readonly kind: CapabilityKind;
  readonly from: string;
  readonly to: string;
}

/** The part of a server that is compared with its baseline. */
export type Catalogued = Pick<Server, "tools" | "prompts">;

/** A capability whose definition is accepted; without one, that it is gone. */
export interface Acceptance {
  readonly kind: CapabilityKind;
  readonly name: string;
  readonly definition: Definition | undefined;
  /** Of one that is gone, the name that it has now. */
  readonly renamedTo?: string;
}

/** Older renames are dropped. */
const MOST_RENAMES = 200;

/**
 * Undefined for a server without tools and prompts: it was never synced, or lost all of them to a
 * failure. All that comes later would be new.
 */
export function firstLook({ tools, prompts }: Catalogued, at: string): Baseline | undefined {
  return tools.length + prompts.length === 0
    ? undefined
    : { tools: definitionsOf(tools), prompts: definitionsOf(prompts), reviewed: false, at };
}

function definitionsOf(capabilities: readonly Capability[]): Definitions {
  return new Map(capabilities.map(({ name, source }) => [name, source]));
}

/** The baseline with these definitions in it. Each replaces the one of its name. */
export function accept(
  baseline: Baseline,
  acceptances: readonly Acceptance[],
  at: string,
): Baseline {
  const tools = new Map(baseline.tools);
  const prompts = new Map(baseline.prompts);
  for (const { kind, name, definition } of acceptances) {
    const of = kind === "tool" ? tools : prompts;
    if (definition === undefined) {
      of.delete(name);
    } else {
      of.set(name, definition);
    }
  }
  return withRenames({ ...baseline, tools, prompts, reviewed: true, at }, [
    // What is there again under its old name was no rename.
    ...(baseline.renames ?? []).filter(
      ({ kind, from }) =>
        !acceptances.some(({ kind: accepted, name }) => accepted === kind && name === from),
    ),
    ...acceptances.flatMap(({ kind, name, renamedTo }) =>
      renamedTo === undefined ? [] : [{ kind, from: name, to: renamedTo }],
    ),
  ]);
}

function withRenames(baseline: Baseline, renames: readonly AcceptedRename[]): Baseline {
  const { renames: _, ...rest } = baseline;
  return renames.length === 0 ? rest : { ...rest, renames: renames.slice(-MOST_RENAMES) };
}

export function withHeld(baseline: Baseline, held: readonly Held[]): Baseline {
  const { heldBack: _, ...rest } = baseline;
  return held.length === 0 ? rest : { ...rest, heldBack: held };
}

/**
 * The same baseline, with the catalogue's own objects for definitions that are equal. So they are in
 * memory once, and compared by identity the next time.
 */
export function shareDefinitions(baseline: Baseline, { tools, prompts }: Catalogued): Baseline {
  return {
    ...baseline,
    tools: shared(baseline.tools, tools),
    prompts: shared(baseline.prompts, prompts),
  };
}

function shared(accepted: Definitions, catalogue: readonly Capability[]): Definitions {
  const next = new Map(accepted);
  for (const { name, source } of catalogue) {
    if (sameJson(next.get(name), source)) {
      next.set(name, source);
    }
  }
  return next;
}

const VERSION = 1;

/** The stored form, with a capability on each line. */
export function baselineText(baseline: Baseline): string {
  const { tools, prompts, reviewed, at, heldBack = [], renames = [] } = baseline;
  const head = jsonText({ version: VERSION, reviewed, at }).slice(0, -1);
  const lines = `"tools":${linesOf(tools.values())},"prompts":${linesOf(prompts.values())}`;
  return `${head},${lines}${partOf("heldBack", heldBack)}${partOf("renames", renames)}}\n`;
}

function partOf(key: string, values: readonly unknown[]): string {
  return values.length === 0 ? "" : `,"${key}":${linesOf(values)}`;
}

function linesOf(values: Iterable<unknown>): string {
  return `[${[...values].map((each) => `\n${jsonText(each)}`).join(",")}]`;
}

/**
 * What is stored. `newer` was written by a version that knows more, and must stay as it is; `none` can
 * be replaced by a first look.
 */
export type StoredBaseline = Baseline | "newer" | "none";

export function isBaseline(stored: StoredBaseline): stored is Baseline {
  return typeof stored === "object";
}

export function parseBaseline(text: string): StoredBaseline {
  const value = readJson(text);
  if (!isRecord(value)) {
    return "none";
  }
  const { version, reviewed, at } = value;
  if (typeof version === "number" && version > VERSION) {
    return "newer";
  }
  const tools = parseDefinitions(value["tools"]);
  const prompts = parseDefinitions(value["prompts"]);
  const isWhole = version === VERSION && typeof reviewed === "boolean" && typeof at === "string";
  return isWhole && tools && prompts
    ? withRenames(
        withHeld({ tools, prompts, reviewed, at }, parseHeld(value["heldBack"])),
        parseRenames(value["renames"]),
      )
    : "none";
}

/** Leaves out what can't be read: nothing is carried over for it. */
function parseRenames(value: unknown): readonly AcceptedRename[] {
  return (Array.isArray(value) ? (value as readonly unknown[]) : []).flatMap((each) => {
    const { kind, from, to } = isRecord(each) ? each : {};
    const isWhole = (kind === "tool" || kind === "prompt") && typeof from === "string";
    return isWhole && typeof to === "string" ? [{ kind, from, to }] : [];
  });
}

function parseDefinitions(value: unknown): Definitions | undefined {
  if (!Array.isArray(value)) {
    return undefined;
  }
  const definitions = new Map<string, Definition>();
  for (const each of value as readonly unknown[]) {
    if (!isRecord(each) || typeof each["name"] !== "string") {
      return undefined;
    }
    definitions.set(each["name"], each);
  }
  return definitions;
}
