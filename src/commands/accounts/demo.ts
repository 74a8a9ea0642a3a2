import type { App } from "../app.ts";
import { showServers } from "./showServers.ts";

export async function openDemo(app: App): Promise<void> {
  const id = await app.accounts.openDemo();
  if (id === undefined) return;
  app.shown.added(id);
  await showServers();
}
