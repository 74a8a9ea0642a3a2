import { Agent } from "undici";
import type { Endpoint } from "../emulator.ts";

interface Body {
  readonly result: readonly unknown[];
  readonly result_info: { readonly total_count: number };
}

/** The least work for the task: undici, JSON.parse, and all pages but the first at once. */
export async function listFloor(endpoint: Endpoint): Promise<readonly unknown[]> {
  const dispatcher = new Agent();
  const base = `${endpoint.url}/accounts/${endpoint.accountId}/access/ai-controls/mcp/servers`;
  const page = async (number: number): Promise<Body> => {
    const url = new URL(`${base}?page=${number}&per_page=100`);
    const { body } = await dispatcher.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: "GET",
      headers: { authorization: `Bearer ${endpoint.token}` },
    });
    return JSON.parse(await body.text()) as Body;
  };
  const first = await page(1);
  const count = Math.ceil(first.result_info.total_count / 100);
  const rest = await Promise.all(Array.from({ length: count - 1 }, (_, index) => page(index + 2)));
  await dispatcher.close();
  return [first, ...rest].flatMap(({ result }) => result);
}
