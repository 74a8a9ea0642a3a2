/**
 * The parts that a query was made of, as JSON keeps them. Anybody may open an address that nobody
 * made here: what isn't a text is undefined, and what isn't a list has no parts.
 */
export function addressParts(query: string): readonly (string | undefined)[] {
  try {
    const value: unknown = JSON.parse(query);
    if (!Array.isArray(value)) return [];
    return value.map((part: unknown) => (typeof part === "string" ? part : undefined));
  } catch {
    return [];
  }
}
