import type { Client } from "../../model/client/client.ts";
import { isApiError } from "../../model/client/failure.ts";
import type { Server, ServerPatch } from "../../model/server/server.ts";

export type Sent =
  | { readonly kind: "answered"; readonly server: Server }
  /** Nothing was written, that is certain. */
  | { readonly kind: "refused"; readonly error: unknown }
  /** Whether it was written is for the next read to say. */
  | { readonly kind: "lost"; readonly error: unknown };

export async function send(client: Client, serverId: string, patch: ServerPatch): Promise<Sent> {
  try {
    return { kind: "answered", server: await client.updateServer(serverId, patch) };
  } catch (error) {
    return { kind: isCertain(error) ? "refused" : "lost", error };
  }
}

/**
 * A client's error in Cloudflare's own envelope was refused before anything was written, and what
 * never left this machine too. Under 200 or 5xx, or from somebody in between, all is possible.
 */
function isCertain(error: unknown): boolean {
  if (!isApiError(error)) return false;
  const { reason, status } = error;
  if (reason === "refused")
    return status !== undefined && status >= 400 && status < 500 && status !== 408;
  return (
    reason === "dns" ||
    reason === "connectionRefused" ||
    reason === "tls" ||
    reason === "unsafeRoot" ||
    reason === "badCredential"
  );
}
