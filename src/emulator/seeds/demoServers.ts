import { demoTokens, demoUrl } from "../upstreams/demo.ts";
import type { CreateServerBody } from "../wire/serverBodies.ts";
import type { ServerRecord } from "../world/records.ts";

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
