import { isRecord } from "../../model/record.ts";
import { idOf, within, wrongShape } from "../shapes/shape.ts";
import type { Call, Transport } from "../wire/call.ts";

/** An item and the id that came with it; without one it is never the same as another. */
interface Keyed<T> {
  readonly key: string | undefined;
  readonly item: T;
}

/** A page: its items, read, and what the answer tells of the whole list. */
export interface Page<T> {
  readonly items: readonly Keyed<T>[];
  /** `total_count`, where the answer has a believable one. */
  readonly total: number | undefined;
}

export interface ListOptions<T> {
  readonly transport: Transport;
  readonly call: Omit<Call, "method" | "repeat">;
  readonly perPage: number;
  /** What messages call the list. */
  readonly subject: string;
  /** `place` counts from 1 over the whole list. */
  readonly read: (value: unknown, place: number) => T;
}

/** Asks for one page and reads its items. */
export async function readPage<T>(
  options: ListOptions<T>,
  number: number,
  signal: AbortSignal | undefined,
): Promise<Page<T>> {
  const { call, perPage, subject } = options;
  const envelope = await options.transport.request({
    ...call,
    method: "GET",
    repeat: "safe",
    query: { ...call.query, page: String(number), per_page: String(perPage) },
    ...(signal === undefined ? {} : { signal }),
  });
  return within(envelope, () => {
    const { result, info } = envelope;
    // An empty list has been seen as null in other families of this API.
    if (result !== null && !Array.isArray(result)) {
      throw wrongShape(subject, "result");
    }
    const values: readonly unknown[] = result ?? [];
    const items = values.map((value, at) => ({
      key: idOf(value),
      item: options.read(value, (number - 1) * perPage + at + 1),
    }));
    return { items, total: totalOf(info) };
  });
}

function totalOf(info: unknown): number | undefined {
  const total = isRecord(info) ? info["total_count"] : undefined;
  return typeof total === "number" && Number.isSafeInteger(total) && total >= 0 ? total : undefined;
}
