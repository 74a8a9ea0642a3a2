import { inTurns } from "../control.ts";
import type { Emulation } from "../emulation.ts";
import { adminEmail } from "../routes/call.ts";
import type { Tenant } from "../state/accounts.ts";
import type { ServerRecord } from "../state/records.ts";
import { createServer } from "../state/servers.ts";
import { syncServer } from "../sync/syncServer.ts";
import { type DemoUpstreams, demoTokens, demoUrl } from "../upstreams/demo.ts";
import type { CreateServerBody } from "../wire/bodies.ts";
import { seedPortals } from "./demoPortals.ts";

const day = 86_400_000;

/** Ten servers, each in a situation of its own. What is ready was fetched from a real MCP server. */
export async function seedDemo(
  emulation: Emulation,
  tenant: Tenant,
  upstreams: DemoUpstreams,
): Promise<void> {
  const { world, clock } = emulation;
  const ago = (days: number) => new Date(clock.now() - days * day).toISOString();
  demoServers.forEach((server, index) => {
    const author = { by: adminEmail, at: ago(60 - index * 3) };
    world.putServer(tenant, granted(createServer(server, author)));
  });
  const signedIn = tenant.servers.list().filter((s) => s.authentication_status !== "required");
  await syncAll(
    emulation,
    tenant,
    signedIn.map(({ id }) => id),
  );
  for (const [id, overrides] of demoOverrides) {
    const record = tenant.servers.get(id);
    if (record) world.putServer(tenant, { ...record, ...overrides, modified_at: ago(2) });
  }
  seedPortals(world, tenant, { by: adminEmail, at: ago(14) });
  upstreams.expireCredentials();
  await syncAll(emulation, tenant, ["database", "calendar"]);
  for (const id of ["database", "calendar"]) {
    const record = tenant.servers.get(id);
    if (record) world.putServer(tenant, { ...record, last_successful_sync: ago(3) });
  }
}

function syncAll(emulation: Emulation, tenant: Tenant, ids: readonly string[]): Promise<void> {
  return inTurns(ids, ids.length, (id) => syncServer(emulation, tenant, id));
}

/** An administrator has authenticated these in the dashboard, which no API call can do. */
function granted(record: ServerRecord): ServerRecord {
  const accessToken = grants.get(record.id);
  if (accessToken === undefined) return record;
  return {
    ...record,
    secret: { kind: "grant", accessToken },
    authentication_status: "connected",
    auth_config_summary: { auth_mode: "dcr", has_client_secret: false, client_secret_version: 0 },
  };
}

/** Bodies as an administrator would have sent them. */
export const demoServers: readonly CreateServerBody[] = [
  {
    id: "tickets",
    name: "Tickets",
    description: "Issues, sprints and time of every team",
    hostname: demoUrl("tickets"),
    auth_type: "bearer",
    auth_credentials: demoTokens.tickets,
  },
  {
    id: "docs",
    name: "Docs",
    description: "The product's documentation, and prompts for those who write it",
    hostname: demoUrl("docs"),
    auth_type: "unauthenticated",
  },
  {
    id: "observability",
    name: "Observability",
    description: "Metrics, logs, traces and incidents",
    hostname: demoUrl("observability"),
    auth_type: "bearer",
    auth_credentials: JSON.stringify({
      headers: { Authorization: `Bearer ${demoTokens.observability}`, "X-Tenant": "production" },
    }),
    secure_web_gateway: true,
  },
  {
    id: "shop",
    name: "Shop",
    description: "Articles, stock, orders and refunds",
    hostname: demoUrl("shop"),
    auth_type: "unauthenticated",
  },
  {
    id: "database",
    name: "Database",
    description: "Read replica of the warehouse. Its access token was rotated",
    hostname: demoUrl("warehouse"),
    auth_type: "bearer",
    auth_credentials: demoTokens.database,
  },
  {
    id: "browser",
    name: "Browser",
    description: "A headless browser from a vendor whose descriptions deserve a second look",
    hostname: demoUrl("browser"),
    auth_type: "unauthenticated",
    secure_web_gateway: true,
  },
  {
    id: "calendar",
    name: "Calendar",
    description: "Events, invitations and free time",
    hostname: demoUrl("calendar"),
    auth_type: "oauth",
    is_shared_oauth_callback_enabled: true,
  },
  {
    id: "back-office",
    name: "Back Office",
    description: "Customers, invoices, payroll and everything else with a number",
    hostname: demoUrl("back-office"),
    auth_type: "unauthenticated",
  },
  {
    id: "wiki",
    name: "Wiki",
    description: "The old wiki. The machine is being moved",
    hostname: demoUrl("wiki"),
    auth_type: "unauthenticated",
  },
  {
    id: "crm",
    name: "CRM",
    description: "Leads and accounts. Nobody has signed in to it yet",
    hostname: demoUrl("crm"),
    auth_type: "oauth",
  },
];

export const grants: ReadonlyMap<string, string> = new Map([["calendar", demoTokens.calendar]]);

type Overrides = Partial<Pick<ServerRecord, "updated_tools" | "updated_prompts">>;

/** Stored as they stand: one collides with a name, one is about a tool that is gone. */
export const demoOverrides: ReadonlyMap<string, Overrides> = new Map([
  ["docs", { updated_prompts: [{ name: "review_wording", alias: "check_style" }] }],
  [
    "observability",
    {
      updated_tools: [
        { name: "query_metrics", alias: "metrics", description: "Evaluates a metrics expression." },
        { name: "query_logs", alias: "logs" },
        { name: "delete_dashboard", enabled: false },
      ],
    },
  ],
  [
    "shop",
    {
      updated_tools: [
        { name: "search_products", alias: "find_product" },
        { name: "refund_order", enabled: false },
        {
          name: "apply_discount",
          alias: "discount",
          description: "Takes a percentage off an order.",
        },
      ],
    },
  ],
]);
