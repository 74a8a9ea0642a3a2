import { randomBytes } from "node:crypto";
import type { TokenWishes } from "../../../src/emulator/identity.ts";
import type { Emulator } from "../../harness/emulator.ts";

/** A new token of the emulator; its secret. */
export async function addToken(emulator: Emulator, wishes: TokenWishes = {}): Promise<string> {
  const secret = wishes.secret ?? randomBytes(30).toString("base64url");
  await emulator.control("POST", "tokens", { name: "test", ...wishes, secret });
  return secret;
}

/** The same token, as Cloudflare judges it from now on. */
export function changeToken(
  emulator: Emulator,
  secret: string,
  wishes: TokenWishes,
): Promise<string> {
  return addToken(emulator, { ...wishes, secret });
}

/** Another account at the same API root, without servers; its id. */
export async function addAccount(emulator: Emulator, name: string): Promise<string> {
  const id = randomBytes(16).toString("hex");
  await emulator.control("POST", "accounts", { id, name });
  return id;
}
