import * as vscode from "vscode";
import type { NewServer, Server } from "../../model/server/server.ts";
import { askSteps } from "../../ui/forms/steps.ts";
import { askHeaders } from "../upstream/bearerForms.ts";
import { askManualClient } from "../upstream/manualForm.ts";
import {
  type Add,
  bearerStep,
  bodyOf,
  type Key,
  plainSteps,
  title,
  wayStep,
} from "./addServerSteps.ts";

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
  const answers = await askSteps<Key>([
    ...plainSteps(taken),
    wayStep(sending),
    bearerStep(sending),
  ]);
  if (answers === undefined || created !== undefined) return created;
  const way = answers.get("way") === "headers" ? "headers" : "manual";
  const server = bodyOf(answers, way);
  const send = (credentials: Partial<NewServer>) => sending({ ...server, ...credentials });
  return way === "headers"
    ? askHeaders(
        {
          title: title(),
          placeHolder: vscode.l10n.t("Saving adds the server with these headers"),
        },
        send,
      )
    : askManualClient({ title: title(), isCallbackShared: false, hasSecret: false }, send);
}
