import { isRecord, readJson } from "../../base/json.ts";

/**
 * An account's resources of one kind at a time, for a window that has no answer from Cloudflare
 * yet.
 */
export interface Snapshot<T> {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly items: readonly T[];
}

/** Stores one kind of resource on disk. */
export interface Codec<T> {
  /** The name of the file in the account's folder. */
  readonly file: string;
  /** Increased when this version can no longer read an older version's lines. */
  readonly version: number;
  /** Gives one line of JSON without secrets. */
  encode(item: T): string;
  /** Returns undefined for a damaged line. */
  decode(line: string): T | undefined;
}

/** Lines of JSON, which can be written and read in parts: a head, then one line for each item. */
export function* snapshotLines<T>(codec: Codec<T>, { at, items }: Snapshot<T>): Iterable<string> {
  yield JSON.stringify({ version: codec.version, at, count: items.length });
  yield* items.values().map((item) => codec.encode(item));
}

/** The first line of a snapshot. */
interface SnapshotHead {
  readonly at: number;
  readonly count: number;
}

/** Returns undefined for a line that is damaged or written by another version. */
export function readSnapshotHead(
  { version }: Pick<Codec<unknown>, "version">,
  line: string,
): SnapshotHead | undefined {
  const value = readJson(line);
  if (!isRecord(value) || value["version"] !== version) {
    return undefined;
  }
  const { at, count } = value;
  return typeof at === "number" && typeof count === "number" ? { at, count } : undefined;
}

/** Returns undefined for an object that is nested some thousands of levels deep. */
export function jsonOf(value: object): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
