import { NAMINGS, type Naming, toolNameIn } from "../clients/naming.ts";
import type { Connection } from "../portals/endpoint.ts";

/** A tool as VS Code has it of an MCP server. All of it is untrusted. */
export interface LiveTool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: unknown;
}

/** What comes before each of a portal's own tools. They aren't part of any catalogue. */
const OWN = "portal_";
/** What the portal lists beside the tools, or in place of them. Source: Cloudflare docs, "Portal-native tools". */
export const LISTED_TOOLS: Readonly<Record<Connection, readonly string[]>> = {
  allTools: [],
  minimizeTools: ["portal_query_tools"],
  searchAndExecute: ["portal_query_tools", "portal_execute"],
  codeMode: ["portal_codemode_search", "portal_codemode_execute"],
};

/** The tools by which a prefix is known as a portal's. */
const SIGNS: readonly string[] = ["portal_list_servers", ...Object.values(LISTED_TOOLS).flat()];

const SHORTEST_PREFIX = "mcp__".length;
const { longestPrefix } = NAMINGS.vscode;

/** What VS Code calls a tool that a portal exposes, given the prefix. */
export function liveName(prefix: string, exposedName: string): string {
  const naming: Naming = { ...NAMINGS.vscode, prefix: () => prefix };
  return toolNameIn(naming, exposedName, "");
}

/** True for a tool that the portal itself has, unless a server is called so. */
export function isOwnTool(exposedName: string, serverIds: ReadonlySet<string>): boolean {
  return exposedName.startsWith(OWN) && !serverIds.has("portal");
}

/**
 * What VS Code puts before the names of one portal's tools: of its label in some versions, of what
 * the server calls itself in others, and with a number where that was taken. So it is found by the
 * names that follow it. Undefined where none of them does.
 * @param label the portal's name in VS Code
 */
export function findPrefix(
  live: readonly LiveTool[],
  exposedNames: readonly string[],
  label: string,
): string | undefined {
  const names = new Set(live.map(({ name }) => name));
  const wanted = [...SIGNS, ...exposedNames];
  const own = NAMINGS.vscode.prefix(label).slice(0, -1);
  let best: { readonly prefix: string; readonly score: number } | undefined;
  for (const prefix of prefixesIn(names)) {
    const found = wanted.filter((name) => names.has(liveName(prefix, name))).length;
    // Another portal may have the same tools, so the label decides where it can.
    const score = found === 0 ? 0 : found + (isOf(prefix, own) ? wanted.length : 0);
    if (score > (best?.score ?? 0)) {
      best = { prefix, score };
    }
  }
  return best?.prefix;
}

/** With the number that makes it unique. */
function isOf(prefix: string, own: string): boolean {
  return prefix.startsWith(own) && /^\d*_$/.test(prefix.slice(own.length));
}

function prefixesIn(names: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const name of names) {
    for (let end = SHORTEST_PREFIX; end <= longestPrefix && name.startsWith("mcp_"); end++) {
      if (name[end - 1] === "_") {
        found.add(name.slice(0, end));
      }
    }
  }
  return found;
}

/** The tools behind a prefix. A longer prefix of another portal may begin alike. */
export function toolsBehind(prefix: string, live: readonly LiveTool[]): readonly LiveTool[] {
  const names = new Set(live.map(({ name }) => name));
  const others = [...prefixesIn(names)].filter(
    (other) =>
      other !== prefix &&
      other.startsWith(prefix) &&
      SIGNS.some((name) => names.has(liveName(other, name))),
  );
  return live.filter(
    ({ name }) => name.startsWith(prefix) && !others.some((other) => name.startsWith(other)),
  );
}
