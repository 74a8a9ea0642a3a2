import { randomBytes } from "node:crypto";
import type { TokenOptions } from "../../../src/emulator/identity.ts";
import type { Emulator } from "../../harness/emulator.ts";

/** Adds a token to the emulator. Returns its secret. */
export async function addToken(emulator: Emulator, wishes: TokenOptions = {}): Promise<string> {
  const secret = wishes.secret ?? randomBytes(30).toString("base64url");
  await emulator.control("POST", "tokens", { name: "test", ...wishes, secret });
  return secret;
}

/** Changes a token that was added before. */
export function changeToken(
  emulator: Emulator,
  secret: string,
  wishes: TokenOptions,
): Promise<string> {
  return addToken(emulator, { ...wishes, secret });
}

/** Adds an account without servers at the same API root. Returns its id. */
export async function addAccount(emulator: Emulator, name: string): Promise<string> {
  const id = randomBytes(16).toString("hex");
  await emulator.control("POST", "accounts", { id, name });
  return id;
}

/** Adds a server that was never synced, in this account or another one. */
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
