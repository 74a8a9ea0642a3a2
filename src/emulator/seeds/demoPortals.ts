import type { Account, AccountStore } from "../state/accounts.ts";
import { createPortal } from "../state/portals.ts";
import type { Author } from "../state/servers.ts";

/** Two portals over the demo's servers, one of which shows only what it names. */
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
        { ...whole, server_id: "docs", updated_tools: [] },
        {
          ...whole,
          server_id: "observability",
          updated_tools: [{ name: "find_slow_traces", alias: "slow_requests" }],
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
            { name: "list_orders", enabled: true, description: "Lists a customer's orders." },
          ],
        },
        { ...whole, server_id: "tickets", on_behalf: false, updated_tools: [] },
      ],
    },
    author,
  );
  for (const portal of [engineering, support]) {
    store.putPortal(account, portal);
  }
}
