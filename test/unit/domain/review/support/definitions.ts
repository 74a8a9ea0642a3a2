import type { Capability } from "../../../../../src/domain/catalogue/capability.ts";
import { type Baseline, firstLook } from "../../../../../src/domain/review/baseline.ts";
import type { Dice } from "../../../engine/support/dice.ts";

export type Source = Readonly<Record<string, unknown>>;

export interface Catalogued {
  readonly status: string;
  readonly tools: readonly Capability[];
  readonly prompts: readonly Capability[];
}

export const AT = "2026-11-27T12:00:00.000Z";

export function tool(name: string, rest: Source = {}): Source {
  return { name, description: `Does ${name}`, inputSchema: { type: "object" }, ...rest };
}

export function offering(
  tools: readonly Source[],
  prompts: readonly Source[] = [],
  status = "ready",
): Catalogued {
  return {
    status,
    tools: tools.map((source) => capabilityOf("tool", source)),
    prompts: prompts.map((source) => capabilityOf("prompt", source)),
  };
}

function capabilityOf(kind: Capability["kind"], source: Source): Capability {
  return { kind, name: String(source["name"]), description: undefined, source };
}

/** The baseline of a first look at these tools. */
export function baselineOf(tools: readonly Source[], prompts: readonly Source[] = []): Baseline {
  return firstLook(offering(tools, prompts), AT) ?? EMPTY;
}

const EMPTY: Baseline = { tools: new Map(), prompts: new Map(), reviewed: false, at: AT };

const NAMES = [
  "search",
  "search_docs",
  "__proto__",
  "get",
  "get_page",
  "ünïcode",
  "10",
  "9",
] as const;
const TEXTS = ["Searches the docs", "Searches the docs by words", "Deletes a page", ""] as const;

/** Few names and texts, so that two of these have much in common. */
export function randomCatalogue(dice: Dice): {
  readonly tools: readonly Source[];
  readonly prompts: readonly Source[];
} {
  const some = (): readonly Source[] =>
    NAMES.filter(() => dice.chance(0.5)).map((name) =>
      tool(name, {
        description: dice.pick(TEXTS),
        annotations: {
          readOnlyHint: dice.chance(0.5),
          destructiveHint: dice.pick([true, false, null]),
        },
        inputSchema: {
          type: "object",
          properties: Object.fromEntries(
            NAMES.filter(() => dice.chance(0.3)).map((each) => [
              each,
              {
                type: dice.pick(["string", "number"]),
                enum: [dice.below(3), "10", { 9: dice.below(2) }],
              },
            ]),
          ),
          required: NAMES.filter(() => dice.chance(0.1)),
        },
        ...(dice.chance(0.3) ? { _meta: { version: dice.below(3) } } : {}),
      }),
    );
  return { tools: some(), prompts: some() };
}
