import type { OverrideEntry } from "./records.ts";

type ParsedEntry = { readonly name: string } & {
  readonly [K in keyof OverrideEntry]?: OverrideEntry[K] | undefined;
};

/** Entries as they are stored: a key that wasn't sent isn't there. */
export function entries(parsed: readonly ParsedEntry[]): OverrideEntry[] {
  return parsed.map(({ name, alias, description, enabled }) => ({
    name,
    ...(alias === undefined ? {} : { alias }),
    ...(description === undefined ? {} : { description }),
    ...(enabled === undefined ? {} : { enabled }),
  }));
}
