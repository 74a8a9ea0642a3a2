import { Server } from "@modelcontextprotocol/server";
import { ADMIN_EMAIL } from "../routes/call.ts";
import type { Account, AccountStore } from "../state/accounts.ts";
import { nameOf } from "../state/overrides.ts";
import { createPortal } from "../state/portals.ts";
import type { ServerRecord } from "../state/records.ts";
import { type Author, createServer } from "../state/servers.ts";
import type { UpstreamHost } from "../upstreams/host.ts";
import type { MappingBody } from "../wire/bodies.ts";

const DOMAIN = ".generated.example";
/** Different catalogues in a large account, so that its servers aren't all equal. */
const CATALOGUE_COUNT = 16;

const SUBJECTS = ["order", "ticket", "page", "metric", "event", "invoice", "device", "release"];
const VERBS = ["list", "get", "create", "update", "archive", "export", "compare", "validate"];

export interface Size {
  readonly servers: number;
  readonly tools: number;
  /** Default: none. */
  readonly portals?: number;
  /** Default: 20, and 80 at most. */
  readonly serversPerPortal?: number;
}

/**
 * Creates a large account. The catalogues equal those of its upstreams, but no server is synced.
 */
export function seedGenerated(store: AccountStore, account: Account, size: Size): void {
  const catalogues = Math.min(CATALOGUE_COUNT, size.servers);
  const shared = Array.from({ length: catalogues }, (_, index) =>
    generatedTools(index, size.tools),
  );
  const at = store.clock.iso();
  for (let index = 0; index < size.servers; index += 1) {
    const number = String(index + 1).padStart(5, "0");
    const record = createServer(
      {
        id: `server-${number}`,
        name: `Server ${number}`,
        hostname: `https://server-${number}${DOMAIN}/mcp`,
        auth_type: "unauthenticated",
      },
      { by: ADMIN_EMAIL, at },
    );
    store.putServer(account, {
      ...record,
      status: "ready",
      last_synced: at,
      last_successful_sync: at,
      tools: shared[index % CATALOGUE_COUNT] ?? [],
    });
  }
  seedPortals(store, account, size, { by: ADMIN_EMAIL, at });
}

/**
 * Creates portals of neighbouring servers, each with an override or two. Every third is an
 * allowlist.
 */
function seedPortals(store: AccountStore, account: Account, size: Size, author: Author): void {
  const servers = account.servers.list();
  const width = Math.min(size.serversPerPortal ?? 20, 80, servers.length);
  for (let index = 0; index < (size.portals ?? 0); index += 1) {
    const number = String(index + 1).padStart(4, "0");
    const mapped = Array.from({ length: width }, (_, offset) => {
      const server = servers[(index * width + offset) % servers.length];
      return server ? [mappingOf(server, offset % 3 === 2)] : [];
    }).flat();
    const portal = createPortal(
      account,
      {
        id: `portal-${number}`,
        name: `Portal ${number}`,
        hostname: `portal-${number}${DOMAIN}`,
        servers: mapped,
      },
      author,
    );
    store.putPortal(account, portal);
  }
}

function mappingOf(server: ServerRecord, isAllowlist: boolean): MappingBody {
  const [first = "", second = ""] = server.tools.map((tool) => nameOf(tool) ?? "");
  const overrides = isAllowlist
    ? [
        { name: first, enabled: true },
        { name: second, enabled: true, description: "Only in this portal." },
      ]
    : [{ name: first, alias: "first_of_all" }];
  return {
    server_id: server.id,
    default_disabled: isAllowlist,
    on_behalf: true,
    updated_tools: overrides.filter(({ name }) => name !== ""),
    updated_prompts: [],
  };
}

/** Serves the generated servers, so that they can be synced. */
export function hostGenerated(host: UpstreamHost, tools: number): void {
  host.addFamily(DOMAIN, (hostname) => {
    const number = Number(/^server-(\d+)/.exec(hostname)?.[1] ?? "1");
    const server = new Server(
      { name: hostname, version: "1.0.0" },
      { capabilities: { tools: { listChanged: true } } },
    );
    const items = generatedTools((number - 1) % CATALOGUE_COUNT, tools);
    server.setRequestHandler("tools/list", () => ({ tools: items }));
    return server;
  });
}

/** A tool has about 750 bytes of JSON. */
function generatedTools(catalogue: number, count: number) {
  return Array.from({ length: count }, (_, index) => {
    const subject = SUBJECTS[(catalogue + index) % SUBJECTS.length] ?? "item";
    const verb = VERBS[index % VERBS.length] ?? "get";
    const name = `${verb}_${subject}_${index + 1}`;
    return {
      name,
      title: `${verb} ${subject} ${index + 1}`,
      description: `Works on every ${subject} of region ${catalogue + 1}. Reads the current state first, applies what was asked for, and returns the ${subject} as it is afterwards together with the number of the revision, so that a second call can tell whether anybody else has been there. Answers with an error where the region is closed for maintenance.`,
      inputSchema: {
        type: "object" as const,
        properties: {
          id: { type: "string", description: `Number of the ${subject}` },
          region: { type: "string", enum: ["eu", "us", "ap"], description: "Where it is kept" },
          limit: { type: "integer", minimum: 1, maximum: 100, description: "Most to return" },
        },
        required: ["id"],
      },
      annotations: { readOnlyHint: index % 2 === 0, openWorldHint: false },
    };
  });
}
