import type { Accepted, AcceptedHints } from "../../model/checks/rule.ts";

/** Of an account, by server. */
type AcceptedServers = ReadonlyMap<string, Accepted>;

/** As it's kept: by server, by tool, `readOnlyHint` and `destructiveHint`. */
type Kept = Record<string, readonly (readonly [string, boolean | null, boolean | null])[]>;

export function keptOf(servers: AcceptedServers): Kept {
  return Object.fromEntries([...servers].map(([id, tools]) => [id, keptTools(tools)]));
}

function keptTools(tools: Accepted): Kept[string] {
  return [...tools].map(([name, { readOnly, destructive }]) => [
    name,
    readOnly ?? null,
    destructive ?? null,
  ]);
}

/** Another version may have kept it otherwise: what can't be understood isn't there. */
export function readKept(value: unknown): Map<string, Accepted> {
  if (typeof value !== "object" || value === null) return new Map();
  return new Map(
    Object.entries(value).map(([id, tools]: [string, unknown]) => [id, readTools(tools)]),
  );
}

function readTools(tools: unknown): Accepted {
  return new Map(Array.isArray(tools) ? tools.flatMap(readTool) : []);
}

function readTool(tool: unknown): readonly (readonly [string, AcceptedHints])[] {
  if (!Array.isArray(tool)) return [];
  const [name, readOnly, destructive]: readonly unknown[] = tool;
  if (typeof name !== "string") return [];
  return [[name, { readOnly: hint(readOnly), destructive: hint(destructive) }]];
}

function hint(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

/** Of a tool that was there before, the later hints count. */
export function addAccepted(servers: Map<string, Accepted>, later: AcceptedServers): void {
  for (const [id, tools] of later) {
    servers.set(id, new Map([...(servers.get(id) ?? []), ...tools]));
  }
}

/** The same, in which a server for which nothing has changed keeps its object. */
export function recognisedAccepted(
  before: AcceptedServers,
  after: AcceptedServers,
): Map<string, Accepted> {
  return new Map(
    [...after].map(([id, tools]) => {
      const known = before.get(id);
      return [id, known !== undefined && sameTools(known, tools) ? known : tools];
    }),
  );
}

function sameTools(one: Accepted, other: Accepted): boolean {
  return (
    one.size === other.size &&
    [...one].every(([name, { readOnly, destructive }]) => {
      const now = other.get(name);
      return now !== undefined && now.readOnly === readOnly && now.destructive === destructive;
    })
  );
}
