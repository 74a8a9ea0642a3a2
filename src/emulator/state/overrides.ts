import type { Behaviours } from "../switches/schemas.ts";
import { invalid } from "../wire/answers.ts";
import type { OverrideEntry, ServerRecord } from "./records.ts";

type Overrides = Pick<ServerRecord, "tools" | "prompts" | "updated_tools" | "updated_prompts">;
const OVERRIDE_KEYS = ["updated_tools", "updated_prompts"] as const;
export type OverrideKey = (typeof OVERRIDE_KEYS)[number];

/**
 * Refuses an alias that is also a name or another alias of the server. Checks only arrays that were
 * sent, so that an old conflict doesn't prevent an unrelated write.
 * @param alsoTaken names in use beyond those of `after`
 * @throws Refusal
 */
export function checkAliases(
  after: Overrides,
  sent: readonly OverrideKey[],
  path: readonly (string | number)[] = ["body"],
  alsoTaken: readonly string[] = [],
): void {
  const taken = new Map<string, number>();
  const take = (name: string): void => {
    taken.set(name, (taken.get(name) ?? 0) + 1);
  };
  alsoTaken.forEach((name) => {
    take(name);
  });
  for (const item of [...after.tools, ...after.prompts]) {
    take(nameOf(item) ?? "");
  }
  for (const entry of OVERRIDE_KEYS.flatMap((kind) => after[kind])) {
    if (entry.alias !== undefined && entry.alias !== entry.name) {
      take(entry.alias);
    }
  }
  for (const kind of sent) {
    after[kind].forEach((entry, index) => {
      if (!collides(entry, taken)) {
        return;
      }
      throw invalid(`Alias "${entry.alias}" is already in use on this server`, [
        ...path,
        kind,
        index,
        "alias",
      ]);
    });
  }
}

function collides(entry: OverrideEntry, taken: ReadonlyMap<string, number>): boolean {
  if (entry.alias === undefined || entry.alias === entry.name) {
    return false;
  }
  return (taken.get(entry.alias) ?? 0) > 1;
}

/** The name of a catalogue item. Upstreams may send items without one. */
export function nameOf(item: unknown): string | undefined {
  if (typeof item !== "object" || item === null || !("name" in item)) {
    return undefined;
  }
  return typeof item.name === "string" ? item.name : undefined;
}

type ParsedEntry = { readonly name: string } & {
  readonly [K in keyof OverrideEntry]?: OverrideEntry[K] | undefined;
};

/** Entries as stored, without the keys that weren't sent. */
export function entries(parsed: readonly ParsedEntry[]): OverrideEntry[] {
  return parsed.map(({ name, alias, description, enabled }) => ({
    name,
    ...(alias === undefined ? {} : { alias }),
    ...(description === undefined ? {} : { description }),
    ...(enabled === undefined ? {} : { enabled }),
  }));
}

/** The overrides that remain after a sync that returned these items. */
export function keepPresent(
  overrides: readonly OverrideEntry[],
  items: readonly unknown[],
  vanished: Behaviours["vanishedOverrides"],
): OverrideEntry[] {
  const names = new Set(items.map(nameOf));
  if (vanished === "keep" || overrides.every(({ name }) => names.has(name))) {
    return [...overrides];
  }
  if (vanished === "drop") {
    return overrides.filter(({ name }) => names.has(name));
  }
  return overrides.map((entry) => {
    if (names.has(entry.name)) {
      return entry;
    }
    const { alias: _alias, ...rest } = entry;
    return rest;
  });
}
