import type { ApiProblem } from "../../model/client/failure.ts";
import { isRecord } from "../../model/record.ts";

/** More than anybody reads; a hostile answer shouldn't fill a notification. */
const limits = { problems: 20, message: 1000 };

/** An envelope's `errors`, of either family: `path` of the AI controls, `source.pointer` elsewhere. */
export function problemsOf(errors: unknown): readonly ApiProblem[] {
  if (!Array.isArray(errors)) {
    return [];
  }
  return errors.slice(0, limits.problems).filter(isRecord).map(problemOf);
}

function problemOf(error: Readonly<Record<string, unknown>>): ApiProblem {
  const { code, message, path, source } = error;
  const pointer = isRecord(source) ? source["pointer"] : undefined;
  return {
    code: codeOf(code),
    message: typeof message === "string" ? message.slice(0, limits.message) : "",
    field: dotted(path) ?? dotted(segments(pointer)),
  };
}

function codeOf(code: unknown): number | undefined {
  const number = typeof code === "string" && code !== "" ? Number(code) : code;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** RFC 6901. */
function segments(pointer: unknown): readonly string[] | undefined {
  return typeof pointer === "string"
    ? pointer
        .replace(/^#?\//, "")
        .split("/")
        .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"))
    : undefined;
}

function dotted(path: unknown): string | undefined {
  if (!Array.isArray(path)) {
    return undefined;
  }
  const parts = path.filter((part) => typeof part === "string" || typeof part === "number");
  const inside = parts[0] === "body" ? parts.slice(1) : parts;
  return inside.length === 0 ? undefined : inside.join(".").slice(0, limits.message);
}
