import type { Server } from "../../model/server/server.ts";
import { askSteps } from "../../ui/forms/steps.ts";
import { type Key, plainSteps } from "./addServerSteps.ts";
import { type Add, credentialStep, wayStep } from "./addServerWays.ts";

/** The questions of Add Server…; the last one sends, and stays open when Cloudflare refuses. */
export async function askNewServer(
  taken: ReadonlySet<string>,
  add: Add,
): Promise<Server | undefined> {
  let created: Server | undefined;
  const sending: Add = async (server) => {
    created = await add(server);
    return created;
  };
  await askSteps<Key>([...plainSteps(taken), wayStep(sending), credentialStep(sending)]);
  return created;
}
