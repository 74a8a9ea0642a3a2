import type { Account, AccountStore } from "../state/accounts.ts";
import { createPortal } from "../state/portals.ts";
import type { PortalRecord } from "../state/records.ts";
import type { Author } from "../state/servers.ts";

/**
 * Two portals with the demo's servers. "engineering" turns Code Mode on and has an entry whose tool
 * is gone. "support" is a help desk, and shows only an allowlist of the shop's tools.
 */
export function seedPortals(store: AccountStore, account: Account, author: Author): void {
  const whole = { default_disabled: false, on_behalf: true, updated_prompts: [] };
  const engineering = createPortal(
    account,
    {
      id: "engineering",
      name: "Engineering",
      hostname: "mcp.harborlane.example",
      description: "Everything that is needed to build and run the product",
      code_mode: "default_on",
      servers: [
        {
          ...whole,
          server_id: "tickets",
          updated_tools: [{ name: "delete_ticket", enabled: false }],
        },
        {
          ...whole,
          server_id: "docs",
          updated_tools: [],
          updated_prompts: [{ name: "draft_release_notes", enabled: false }],
        },
        {
          ...whole,
          server_id: "observability",
          updated_tools: [
            { name: "find_slow_traces", alias: "slow_requests" },
            { name: "query_logs", description: "Searches the logs of production." },
            { name: "silence_alert", enabled: false },
          ],
        },
      ],
    },
    author,
  );
  const support = createPortal(
    account,
    {
      id: "support",
      name: "Support",
      description: "What the help desk needs to answer a customer",
      hostname: "support-mcp.harborlane.example",
      secure_web_gateway: true,
      code_mode: "off",
      servers: [
        {
          ...whole,
          server_id: "shop",
          default_disabled: true,
          updated_tools: [
            { name: "get_order", enabled: true },
            { name: "get_stock", enabled: true, alias: "stock" },
            { name: "list_orders", enabled: true, description: "Lists a customer's orders." },
          ],
        },
        { ...whole, server_id: "tickets", on_behalf: false, updated_tools: [] },
      ],
    },
    author,
  );
  for (const portal of [withOrphan(engineering), support]) {
    store.putPortal(account, portal);
  }
}

/** Adds an entry for a tool that the upstream dropped while it was enabled and renamed. */
function withOrphan(portal: PortalRecord): PortalRecord {
  const orphan = { name: "export_traces", alias: "download_traces", enabled: true };
  return {
    ...portal,
    servers: portal.servers.map((mapping) =>
      mapping.server_id === "observability"
        ? { ...mapping, updated_tools: [...mapping.updated_tools, orphan] }
        : mapping,
    ),
  };
}
