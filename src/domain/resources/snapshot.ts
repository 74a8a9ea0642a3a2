import { isRecord } from "../../base/json.ts";

/** An account's resources of one kind as they were at a time, for a window that can't ask yet. */
export interface Snapshot<T> {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly items: readonly T[];
}

/** How one kind of resource is kept on disk. */
export interface Codec<T> {
  /** The file's name in the folder of the account. */
  readonly file: string;
  /** Grows when an older version's lines can't be read any more. */
  readonly version: number;
  /** One line of JSON, without what may be secret. */
  encode(item: T): string;
  /** Undefined for what is damaged. */
  decode(line: string): T | undefined;
}

/** As lines of JSON, which can be written and read a few at a time: a head, then one for each item. */
export function* snapshotLines<T>(codec: Codec<T>, { at, items }: Snapshot<T>): Iterable<string> {
  yield JSON.stringify({ version: codec.version, at, count: items.length });
  yield* items.values().map((item) => codec.encode(item));
}

/** What a snapshot's first line says. */
interface SnapshotHead {
  readonly at: number;
  readonly count: number;
}

/** Undefined for what this version didn't write, or what is damaged. */
export function readSnapshotHead(
  { version }: Pick<Codec<unknown>, "version">,
  line: string,
): SnapshotHead | undefined {
  const value = parseLine(line);
  if (!isRecord(value) || value["version"] !== version) {
    return undefined;
  }
  const { at, count } = value;
  return typeof at === "number" && typeof count === "number" ? { at, count } : undefined;
}

/** Undefined for what isn't JSON. */
export function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
