import * as v from "valibot";
import type { Listed, Rejected } from "../../model/client/client.ts";
import { ApiError, isApiError } from "../../model/client/failure.ts";
import { isRecord } from "../../model/record.ts";
import type { Envelope } from "../wire/call.ts";

/** Text where it is shown only: anything else is as good as absent. */
export const shown = v.fallback(v.nullish(v.string()), undefined);
/** A number where it is shown only. */
export const shownNumber = v.fallback(v.nullish(v.number()), undefined);
/** A switch where it is shown only. */
export const shownSwitch = v.fallback(v.nullish(v.boolean()), undefined);

/**
 * What a schema makes of a value. Throws `wrongShape` with the first field that breaks it, such as
 * `server "docs": hostname`. The value itself goes into no message.
 */
export function shaped<const S extends v.GenericSchema>(
  schema: S,
  value: unknown,
  subject: string,
): v.InferOutput<S> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) {
    return result.output;
  }
  throw wrongShape(subject, v.getDotPath(result.issues[0]) ?? undefined);
}

export function wrongShape(subject: string, field: string | undefined): ApiError {
  const full = field === undefined ? subject : `${subject}: ${field}`;
  return new ApiError(`wrong shape: ${full}`, {
    kind: "invalid",
    reason: "wrongShape",
    subject: full,
  });
}

/** The same error, with what the answer tells about itself. */
export function within<T>(envelope: Envelope, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof ApiError) {
      throw new ApiError(cause.message, {
        kind: cause.kind,
        reason: cause.reason,
        subject: cause.subject,
        status: envelope.status,
        rayId: envelope.rayId,
        cause,
      });
    }
    throw cause;
  }
}

/** An item, or why it isn't one. */
export type Tried<T> = { readonly item: T } | Rejected;

/** What is broken in a list doesn't take the rest along. */
export function tried<T>(value: unknown, read: () => T): Tried<T> {
  try {
    return { item: read() };
  } catch (error) {
    if (isApiError(error)) {
      return { id: idOf(value), error };
    }
    throw error;
  }
}

export function listed<T>(all: readonly Tried<T>[]): Listed<T> {
  return {
    items: all.flatMap((each) => ("item" in each ? [each.item] : [])),
    rejected: all.flatMap((each) => ("item" in each ? [] : [each])),
  };
}

export function idOf(value: unknown): string | undefined {
  const id = isRecord(value) ? value["id"] : undefined;
  return typeof id === "string" ? id : undefined;
}
