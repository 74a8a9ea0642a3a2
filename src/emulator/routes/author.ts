import type { Author } from "../world/serverWrites.ts";
import type { AccountCall } from "./route.ts";

/** The user that a token stands for. */
export const adminEmail = "admin@harborlane.example";

/** Who a write is put down to, and when. */
export function authorOf({ emulation, principal }: AccountCall): Author {
  const by = principal.kind === "key" ? principal.email : adminEmail;
  return { by, at: emulation.clock.iso() };
}
