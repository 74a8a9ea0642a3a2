import type { Server } from "../server.ts";
import type { Finding } from "./finding.ts";
import { checkHealth } from "./health.ts";

const remembered = new WeakMap<Server, readonly Finding[]>();

/** All problems of a server, remembered by its identity. */
export function checkServer(server: Server): readonly Finding[] {
  const known = remembered.get(server);
  if (known !== undefined) return known;
  const found = checkHealth(server);
  remembered.set(server, found);
  return found;
}
