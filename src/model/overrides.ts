/**
 * One entry of `updated_tools` or `updated_prompts`, under the wire's own names. A key that is
 * absent means "as the upstream has it"; a capability without an entry is enabled.
 * Keys that this version doesn't know travel along at run time, so that a PUT keeps them.
 */
export interface Override {
  readonly name: string;
  readonly alias?: string;
  readonly description?: string;
  readonly enabled?: boolean;
}

/** By capability name. A Map, because `__proto__` is a legal tool name. */
export type Overrides = ReadonlyMap<string, Override>;
