import { randomBytes } from "node:crypto";
import type { TokenOptions } from "../../../src/emulator/identity.ts";
import type { Emulator } from "../../harness/emulator.ts";

/** A new token of the emulator; its secret. */
export async function addToken(emulator: Emulator, wishes: TokenOptions = {}): Promise<string> {
  const secret = wishes.secret ?? randomBytes(30).toString("base64url");
  await emulator.control("POST", "tokens", { name: "test", ...wishes, secret });
  return secret;
}

/** The same token, as Cloudflare judges it from now on. */
export function changeToken(
  emulator: Emulator,
  secret: string,
  wishes: TokenOptions,
): Promise<string> {
  return addToken(emulator, { ...wishes, secret });
}

/** Another account at the same API root, without servers; its id. */
export async function addAccount(emulator: Emulator, name: string): Promise<string> {
  const id = randomBytes(16).toString("hex");
  await emulator.control("POST", "accounts", { id, name });
  return id;
}

/** A server that was never synced, in an account that may be another one. */
export async function addServer(
  emulator: Emulator,
  account: string,
  server: string,
  name: string,
): Promise<void> {
  const hostname = `https://${server}.example.com/mcp`;
  await emulator.write({ account, server, patch: { ...SERVER, name, hostname } });
}

const SERVER = {
  description: null,
  auth_type: "unauthenticated",
  secret: { kind: "none" },
  authentication_status: "not_required",
  auth_config_summary: null,
  status: "waiting",
  is_shared_oauth_callback_enabled: false,
  secure_web_gateway: false,
  created_at: "2026-01-01T00:00:00Z",
  created_by: "somebody@example.com",
  modified_at: "2026-01-01T00:00:00Z",
  modified_by: "somebody@example.com",
  tools: [],
  prompts: [],
  updated_tools: [],
  updated_prompts: [],
};
