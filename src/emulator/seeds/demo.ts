import { forEachConcurrent } from "../control.ts";
import type { Emulation } from "../emulation.ts";
import { ADMIN_EMAIL } from "../routes/call.ts";
import type { Account } from "../state/accounts.ts";
import type { ServerRecord } from "../state/records.ts";
import { createServer } from "../state/servers.ts";
import { type Outcome, reach, syncServer } from "../sync/syncServer.ts";
import { DEMO_TOKENS, type DemoUpstreams, demoUrl } from "../upstreams/demo.ts";
import type { CreateServerBody } from "../wire/bodies.ts";
import { seedAccess } from "./demoAccess.ts";
import { seedPortals } from "./demoPortals.ts";

const DAY_MS = 86_400_000;

/**
 * A demo begins with two rounds of syncs: some credentials expire between them. This is what each round
 * found.
 */
export type FirstSyncs = readonly [Outcomes, Outcomes];

type Outcomes = ReadonlyMap<string, Outcome>;

/**
 * Ten servers in different situations. The catalogues of those that are ready come from real MCP
 * servers.
 * @param known what these syncs found in another emulator; then nothing is requested
 */
export async function seedDemo(
  emulation: Emulation,
  account: Account,
  upstreams: DemoUpstreams,
  known?: FirstSyncs,
): Promise<FirstSyncs> {
  const { store, clock } = emulation;
  const ago = (days: number) => new Date(clock.now() - days * DAY_MS).toISOString();
  demoServers.forEach((server, index) => {
    const author = { by: ADMIN_EMAIL, at: ago(60 - index * 3) };
    store.putServer(account, granted(createServer(server, author)));
  });
  const signedIn = account.servers.list().filter((s) => s.authentication_status !== "required");
  if (known !== undefined) {
    upstreams.countFirstSync();
  }
  const first = await syncAll(
    emulation,
    account,
    signedIn.map(({ id }) => id),
    known?.[0],
  );
  for (const [id, overrides] of demoOverrides) {
    const record = account.servers.get(id);
    if (record) {
      store.putServer(account, { ...record, ...overrides, modified_at: ago(2) });
    }
  }
  seedPortals(store, account, { by: ADMIN_EMAIL, at: ago(14) });
  seedAccess(store, account);
  upstreams.expireCredentials();
  const second = await syncAll(emulation, account, ["database", "calendar"], known?.[1]);
  for (const id of ["database", "calendar"]) {
    const record = account.servers.get(id);
    if (record) {
      store.putServer(account, { ...record, last_successful_sync: ago(3) });
    }
  }
  return [first, second];
}

async function syncAll(
  emulation: Emulation,
  account: Account,
  ids: readonly string[],
  known: Outcomes | undefined,
): Promise<Outcomes> {
  const outcomes = new Map<string, Outcome>();
  const find: typeof reach = async (parts, record, behaviours) => {
    const outcome = known?.get(record.id) ?? (await reach(parts, record, behaviours));
    outcomes.set(record.id, outcome);
    return outcome;
  };
  await forEachConcurrent(ids, ids.length, (id) => syncServer(emulation, account, id, find));
  return outcomes;
}

/** Applies an administrator's sign-in in the dashboard, which no API call can do. */
function granted(record: ServerRecord): ServerRecord {
  const accessToken = grants.get(record.id);
  if (accessToken === undefined) {
    return record;
  }
  return {
    ...record,
    secret: { kind: "grant", accessToken },
    authentication_status: "connected",
    auth_config_summary: { auth_mode: "dcr", has_client_secret: false, client_secret_version: 0 },
  };
}

/** Bodies that an administrator could have sent. */
export const demoServers: readonly CreateServerBody[] = [
  {
    id: "tickets",
    name: "Tickets",
    description: "Issues, sprints and time of every team",
    hostname: demoUrl("tickets"),
    auth_type: "bearer",
    auth_credentials: DEMO_TOKENS.tickets,
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
      headers: { Authorization: `Bearer ${DEMO_TOKENS.observability}`, "X-Tenant": "production" },
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
    auth_credentials: DEMO_TOKENS.database,
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

export const grants: ReadonlyMap<string, string> = new Map([["calendar", DEMO_TOKENS.calendar]]);

type Overrides = Partial<Pick<ServerRecord, "updated_tools" | "updated_prompts">>;

/** Stored without checks: one alias equals a name, and one override is for a tool that is gone. */
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
