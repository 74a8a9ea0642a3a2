import type { ApiError, ApiProblem } from "../client/failure.ts";
import type { ServerPatch } from "../server/server.ts";

/** A write that Cloudflare refused, as a problem on a property of the server's document. */
export interface Refusal {
  readonly code: number | undefined;
  readonly message: string;
  readonly path: readonly string[];
}

/** What of a refusal names a property. The numbers in it count entries of what was sent. */
export function refusalsOf(error: ApiError, patch: ServerPatch): readonly Refusal[] {
  return error.problems.flatMap((problem) => {
    const path = problem.field === undefined ? undefined : documentPath(problem.field, patch);
    return path === undefined ? [] : [refusalOf(problem, path)];
  });
}

function refusalOf({ code, message }: ApiProblem, path: readonly string[]): Refusal {
  return { code, message, path };
}

const ENTRY = /^updated_(tools|prompts)(?:\.(\d+)(?:\.(\w+))?)?$/u;

function documentPath(field: string, patch: ServerPatch): readonly string[] | undefined {
  const [, section, index, key] = ENTRY.exec(field) ?? [];
  if (section === undefined) return Object.hasOwn(patch, field) ? [field] : undefined;
  const sent = section === "tools" ? patch.updated_tools : patch.updated_prompts;
  const name = index === undefined ? undefined : sent?.[Number(index)]?.name;
  if (name === undefined) return [section];
  return key === undefined ? [section, name] : [section, name, key];
}
