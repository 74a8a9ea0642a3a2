import { type Emulator, startEmulator } from "../../../src/emulator/start.ts";

/** Whether the suite runs against Cloudflare itself; `npm run contract -- --live` sets it. */
export const isLive = process.env["CONTRACT_LIVE"] === "1";

/** The API that is tested. */
export interface Target {
  /** The API root. */
  readonly url: string;
  readonly accountId: string;
  readonly token: string;
  /** An MCP server without authentication, with two tools or more, that can be synced. */
  readonly upstream: string;
  /** The domain of the portals' hosts. */
  readonly domain: string;
  /** Set only where the target is the emulator. */
  readonly emulator?: Emulator;
  close(): Promise<void>;
}

export async function openTarget(): Promise<Target> {
  if (isLive) {
    return {
      url: process.env["CLOUDFLARE_BASE_URL"] ?? "https://api.cloudflare.com/client/v4",
      accountId: setting("CLOUDFLARE_ACCOUNT_ID"),
      token: setting("CLOUDFLARE_API_TOKEN"),
      upstream: process.env["CONTRACT_UPSTREAM"] ?? "https://docs.mcp.cloudflare.com/mcp",
      domain: process.env["CONTRACT_DOMAIN"] ?? "example.com",
      close: async () => undefined,
    };
  }
  const emulator = await startEmulator({ seed: "empty" });
  const { url, accountId, token } = emulator;
  return {
    url,
    accountId,
    token,
    upstream: "https://shop.harborlane.example/mcp",
    domain: "harborlane.example",
    emulator,
    close: () => emulator.close(),
  };
}

function setting(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is missing: the live contract suite needs it`);
  }
  return value;
}
