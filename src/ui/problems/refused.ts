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

interface Joined {
  readonly found: readonly Finding[];
  readonly all: readonly Finding[];
}

const remembered = new WeakMap<readonly Refusal[], Joined>();

/** The same list for the same two, so that it's seen that nothing has changed. */
export function joined(
  found: readonly Finding[],
  refusals: readonly Refusal[],
): readonly Finding[] {
  if (refusals.length === 0) return found;
  const known = remembered.get(refusals);
  if (known?.found === found) return known.all;
  const all = [...refusals.map(findingOf), ...found];
  remembered.set(refusals, { found, all });
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
