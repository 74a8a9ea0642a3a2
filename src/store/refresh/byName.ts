interface Named {
  readonly id: string;
  readonly name: string;
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

/** The order in which accounts and servers are shown. */
export function byName(one: Named, other: Named): number {
  return collator.compare(one.name, other.name) || (one.id < other.id ? -1 : 1);
}
