import type { Finding } from "../../model/checks/finding.ts";
import type { Refusal } from "../../model/edits/refusal.ts";
import type { ServerState } from "../../store/state.ts";

type Findings = ReadonlyMap<string, readonly Finding[]>;

/**
 * What the rules have found with what Cloudflare refused of the last write of each server, which is
 * a problem like theirs: rows, the badge and Problems count the same.
 */
export function withRefused(found: Findings, servers: ReadonlyMap<string, ServerState>): Findings {
  const refused = [...servers].filter(([, { refusals }]) => refusals.length > 0);
  if (refused.length === 0) return found;
  return new Map([
    ...found,
    ...refused.map(([id, { refusals }]) => [id, joined(found.get(id) ?? NONE, refusals)] as const),
  ]);
}

const NONE: readonly Finding[] = [];

/** A server and its draft have the same refusals and other findings. */
const remembered = new WeakMap<
  readonly Refusal[],
  WeakMap<readonly Finding[], readonly Finding[]>
>();

/** The same list for the same two, so that it's seen that nothing has changed. */
export function joined(
  found: readonly Finding[],
  refusals: readonly Refusal[],
): readonly Finding[] {
  if (refusals.length === 0) return found;
  const known = remembered.get(refusals) ?? new WeakMap();
  remembered.set(refusals, known);
  const all = known.get(found) ?? [...refusals.map(findingOf), ...found];
  known.set(found, all);
  return all;
}

function findingOf({ code, message, path }: Refusal): Finding {
  const [section, name] = path;
  const rule = `api/${code ?? 0}`;
  const about = { rule, severity: "error", message, path } as const;
  if (name === undefined) return about;
  return { ...about, subject: { kind: section === "tools" ? "tool" : "prompt", name } };
}

export function isRefusedCode(code: string): boolean {
  return code.startsWith("api/");
}
