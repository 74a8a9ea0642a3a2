import { ok } from "node:assert/strict";
import type { Emulator } from "../../harness/emulator.ts";

/**
 * Calls Cloudflare's API as another administrator would. Answers the result.
 * @param path begins after the API's root
 */
export async function callApi(
  { url, token }: Emulator,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as { readonly result: unknown };
  ok(response.ok, `${method} ${path}: ${response.status}`);
  return answer.result;
}
