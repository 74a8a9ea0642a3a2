/**
 * One entry of `updated_tools` or `updated_prompts`, with the API's own keys. An absent key means
 * that the upstream's value holds; without an entry a capability is enabled. Keys that this version
 * doesn't know stay in the object, so that a PUT sends them back.
 */
export interface Override {
  readonly name: string;
  readonly alias?: string;
  readonly description?: string;
  readonly enabled?: boolean;
}

/** By capability name. A Map, because `__proto__` is a legal tool name. */
export type Overrides = ReadonlyMap<string, Override>;

/** The new values for the fields of one entry. An absent key stays as it is; null clears it. */
export interface OverrideValues {
  readonly alias?: string | null;
  readonly description?: string | null;
  readonly enabled?: boolean | null;
}

/** Applies changes. Returns the same object when they change nothing. */
export function changeOverrides(
  overrides: Overrides,
  changes: readonly { readonly name: string; readonly values: OverrideValues }[],
): Overrides {
  const next = new Map(overrides);
  let changed = false;
  for (const { name, values } of changes) {
    const before = next.get(name);
    const after = withValues(before ?? { name }, values);
    if (before === undefined ? saysNothing(after) : sameOverride(before, after)) {
      continue;
    }
    if (saysNothing(after)) {
      next.delete(name);
    } else {
      next.set(name, after);
    }
    changed = true;
  }
  return changed ? next : overrides;
}

/** Keeps the keys that this version doesn't know. */
function withValues(override: Override, values: OverrideValues): Override {
  const { alias: _, description: __, enabled: ___, ...rest } = override;
  const alias = changed(override.alias, values.alias);
  const description = changed(override.description, values.description);
  const enabled = changed(override.enabled, values.enabled);
  return {
    ...rest,
    ...(alias === undefined ? {} : { alias }),
    ...(description === undefined ? {} : { description }),
    ...(enabled === undefined ? {} : { enabled }),
  };
}

function changed<T>(before: T | undefined, to: T | null | undefined): T | undefined {
  return to === undefined ? before : (to ?? undefined);
}

function saysNothing(override: Override): boolean {
  return Object.keys(override).every((key) => key === "name");
}

function sameOverride(one: Override, other: Override): boolean {
  return (
    one.alias === other.alias &&
    one.description === other.description &&
    one.enabled === other.enabled
  );
}

/**
 * The whole array for a PUT. Synced capabilities come first, in catalogue order, then those that
 * have vanished. The same overrides therefore always make the same body.
 */
export function overrideArray(
  overrides: Overrides,
  catalogue: readonly { readonly name: string }[],
): readonly Override[] {
  return [...namesInOrder(catalogue, overrides)].flatMap((name) => overrides.get(name) ?? []);
}

/** The names of the synced capabilities, then those of overrides whose capability has vanished. */
export function namesInOrder(
  catalogue: readonly { readonly name: string }[],
  overrides: Overrides,
): ReadonlySet<string> {
  return new Set([...catalogue.map(({ name }) => name), ...overrides.keys()]);
}

const SENT_FIELD = /^updated_(tools|prompts)(?:\.(\d+)(?:\.(\w+))?)?$/u;

/**
 * The path in a document of a field such as `updated_tools.3.alias`, whose number counts the entries that
 * were sent. Undefined for a field of anything else.
 */
export function pathOfSentOverride(
  field: string,
  sent: {
    readonly updated_tools?: readonly Override[];
    readonly updated_prompts?: readonly Override[];
  },
): readonly string[] | undefined {
  const [, section, index, key] = SENT_FIELD.exec(field) ?? [];
  if (section === undefined) {
    return undefined;
  }
  const entries = section === "tools" ? sent.updated_tools : sent.updated_prompts;
  const name = index === undefined ? undefined : entries?.[Number(index)]?.name;
  if (name === undefined) {
    return [section];
  }
  return key === undefined ? [section, name] : [section, name, key];
}
