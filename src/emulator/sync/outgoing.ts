import * as z from "zod";
import type { Secret } from "../world/records.ts";

const headersSchema = z.object({ headers: z.record(z.string(), z.string()) });

/** The headers that a stored credential puts on requests to the upstream. */
export function outgoingHeaders(secret: Secret): Record<string, string> {
  if (secret.kind === "grant") {
    return bearer(secret.accessToken);
  }
  if (secret.kind !== "bearer") {
    return {};
  }
  return customHeaders(secret.credentials) ?? bearer(secret.credentials);
}

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

/** `{"headers": {…}}` as JSON text; anything else is a raw token. */
function customHeaders(credentials: string): Record<string, string> | undefined {
  try {
    return headersSchema.parse(JSON.parse(credentials)).headers;
  } catch {
    return undefined;
  }
}
