import type { Emulator } from "../../harness/emulator.ts";
import { callApi } from "./callApi.ts";

/** A service token, with which VS Code connects without a browser. */
export interface ServiceClient {
  readonly id: string;
  readonly secret: string;
}

/** Makes a service token that gets into these portals and servers, by the names of their applications. */
export async function letBotsInto(
  emulator: Emulator,
  apps: readonly string[],
): Promise<ServiceClient> {
  const access = `/accounts/${emulator.accountId}/access`;
  const made = await callApi(emulator, "POST", `${access}/service_tokens`, { name: "Bot" });
  const listed = await callApi(emulator, "GET", `${access}/apps`);
  for (const app of listed as readonly { readonly id: string; readonly name: string }[]) {
    if (apps.includes(app.name)) {
      await callApi(emulator, "POST", `${access}/apps/${app.id}/policies`, {
        name: "Bots",
        decision: "non_identity",
        include: [{ any_valid_service_token: {} }],
      });
    }
  }
  const { client_id, client_secret } = made as {
    readonly client_id: string;
    readonly client_secret: string;
  };
  return { id: client_id, secret: client_secret };
}

/** The text with which a script connects VS Code to a portal. */
export function connectText(way: string, { id, secret }: ServiceClient): string {
  return [way, id, secret].join("\n");
}
