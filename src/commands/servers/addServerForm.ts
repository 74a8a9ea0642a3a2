import type { Server } from "../../model/server/server.ts";
import { askForm } from "../../ui/forms/steps.ts";
import { type Key, plainSteps } from "./addServerSteps.ts";
import { type Add, credentialStep, wayStep } from "./addServerWays.ts";

/** The questions of Add Server…; the last one sends, and stays open when Cloudflare refuses. */
export function askNewServer(taken: ReadonlySet<string>, add: Add): Promise<Server | undefined> {
  return askForm<Key, Server>([...plainSteps(taken), wayStep(add), credentialStep(add)]);
}
