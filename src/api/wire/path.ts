import { ApiError } from "../../model/client/failure.ts";

/**
 * A path below the API root, every segment encoded. A segment that would change which resource is
 * meant (an empty one makes a list of it, dots climb) is refused.
 */
export function pathOf(...segments: readonly string[]): string {
  return segments.map((segment) => `/${encoded(segment)}`).join("");
}

function encoded(segment: string): string {
  if (/^\.{0,2}$/.test(segment)) {
    throw new ApiError(`"${segment}" can't name a resource`, {
      kind: "invalid",
      reason: "wrongShape",
      subject: `id "${segment}"`,
    });
  }
  // encodeURIComponent throws on a lone surrogate.
  return encodeURIComponent(segment.toWellFormed());
}
