import type { ServerAddress } from "../../contributions.ts";
import type { Finding } from "../../model/checks/finding.ts";
import { diagnose } from "../../model/doctor/diagnose.ts";
import type { Remedy } from "../../model/doctor/diagnosis.ts";
import type { Server } from "../../model/server/server.ts";
import { type RemedyAction, remedyAction } from "../serverRemedies.ts";

export function isHealth({ rule }: Finding): boolean {
  return rule.startsWith("health/");
}

/** What helps best comes first; trying again and the log are never wrong. */
export function healthRemedies(server: Server, address: ServerAddress): readonly RemedyAction[] {
  const best = diagnose(server)?.remedy ?? "syncAgain";
  const { accountId, serverId } = address;
  return [...new Set<Remedy>([best, "syncAgain", "showLog"])].map((remedy) =>
    remedyAction(remedy, { kind: "server", accountId, serverId }),
  );
}
