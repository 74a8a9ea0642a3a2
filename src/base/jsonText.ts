/**
 * Writes a result of JSON.parse as JSON.stringify does. JSON.stringify throws a RangeError for
 * values nested some thousands of levels deep, which an upstream may send.
 * @param indentedDepth down to this depth each entry is on its own line, indented by two spaces.
 *   Deeper entries stay on one line, because indenting every depth takes quadratic space.
 */
export function jsonText(root: unknown, indentedDepth = 0): string {
  const text = indentedDepth === 0 ? shallowText(root) : undefined;
  return text ?? deepText(root, indentedDepth, Object.entries);
}

/**
 * The same with the keys of each object in the order of their UTF-16 units, so that equal values have
 * equal texts. On one line it is the canonical form of RFC 8785, but for lone surrogates, which that
 * refuses and this escapes.
 */
export function canonicalText(root: unknown, indentedDepth = 0): string {
  const written: string[] = [];
  writeIndented(written, "", root, { depth: indentedDepth, line: "\n" });
  return written.join("");
}

/**
 * @param head what stands before the value
 * @param at how many levels have lines of their own, and what begins a line at the value's own level
 */
function writeIndented(
  written: string[],
  head: string,
  value: unknown,
  { depth, line }: { readonly depth: number; readonly line: string },
): void {
  if (typeof value !== "object" || value === null) {
    written.push(head + JSON.stringify(value));
    return;
  }
  if (depth === 0) {
    written.push(head + (sortedText(value) ?? deepText(value, 0, sortedEntries)));
    return;
  }
  const isList = Array.isArray(value);
  const entries: Entries = isList ? value.map((each: unknown) => ["", each]) : sortedEntries(value);
  const below = { depth: depth - 1, line: `${line}  ` };
  let before = `${head}${isList ? "[" : "{"}${below.line}`;
  for (const [key, each] of entries) {
    writeIndented(written, isList ? before : `${before}${JSON.stringify(key)}: `, each, below);
    before = `,${below.line}`;
  }
  const end = isList ? "]" : "}";
  written.push(entries.length === 0 ? `${head}${isList ? "[" : "{"}${end}` : `${line}${end}`);
}

function sortedEntries(value: object): Entries {
  const entries = Object.entries(value);
  return isInOrder(Object.keys(value))
    ? entries
    : entries.sort(([one], [other]) => (one < other ? -1 : 1));
}

function isInOrder(keys: readonly string[]): boolean {
  return keys.every((key, index) => index === 0 || (keys[index - 1] ?? "") < key);
}

/** Levels that are looked through. No honest schema nests deeper. */
const MOST_LEVELS = 100;

/** The text of a value whose keys are in order already, as those of a file of ours are. */
function sortedText(value: object): string | undefined {
  return isSorted(value, MOST_LEVELS) ? JSON.stringify(value) : undefined;
}

function isSorted(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) {
    return true;
  }
  if (levels === 0) {
    return false;
  }
  if (Array.isArray(value)) {
    return value.every((each) => isSorted(each, levels - 1));
  }
  return (
    isInOrder(Object.keys(value)) &&
    Object.values(value).every((each) => isSorted(each, levels - 1))
  );
}

/** Returns undefined for a value that is nested too deep. */
function shallowText(root: unknown): string | undefined {
  try {
    return JSON.stringify(root);
  } catch (error) {
    if (error instanceof RangeError) {
      return undefined;
    }
    throw error;
  }
}

type Entries = readonly (readonly [key: string, value: unknown])[];

interface Frame {
  readonly entries: Entries;
  readonly end: string;
  /** The number of entries that are written. */
  done: number;
}

function deepText(
  root: unknown,
  indentedDepth: number,
  entriesOf: (value: object) => Entries,
): string {
  const written: string[] = [];
  const open: Frame[] = [];
  const line = (depth: number): string => (depth <= indentedDepth ? `\n${"  ".repeat(depth)}` : "");
  const write = (value: unknown): void => {
    if (typeof value !== "object" || value === null) {
      written.push(JSON.stringify(value));
      return;
    }
    const isList = Array.isArray(value);
    const entries = isList
      ? value.map((entry: unknown) => ["", entry] as const)
      : entriesOf(value).map(([key, entry]) => [`${JSON.stringify(key)}:`, entry] as const);
    written.push(isList ? "[" : "{");
    open.push({ entries, end: isList ? "]" : "}", done: 0 });
  };
  write(root);
  for (let frame = open.at(-1); frame !== undefined; frame = open.at(-1)) {
    const depth = open.length;
    const entry = frame.entries[frame.done];
    if (entry === undefined) {
      // The line after the last entry belongs to the depth above.
      const isIndented = frame.done > 0 && depth <= indentedDepth;
      written.push(isIndented ? line(depth - 1) : "", frame.end);
      open.pop();
      continue;
    }
    const [key, value] = entry;
    const space = key !== "" && depth <= indentedDepth ? " " : "";
    written.push(frame.done > 0 ? "," : "", line(depth), key, space);
    frame.done += 1;
    write(value);
  }
  return written.join("");
}
