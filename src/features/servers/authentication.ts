import { setTimeout as sleep } from "node:timers/promises";
import * as vscode from "vscode";
import { dashboardUrl } from "../../domain/account.ts";
import { isCancelled } from "../../domain/apiError.ts";
import type { Server } from "../../domain/servers/server.ts";
import { serverKind } from "../../domain/servers/serverKind.ts";
import type { Session } from "../../engine/session.ts";
import { findServer } from "../../engine/state.ts";
import type { ServerTarget } from "../../manifest.ts";
import type { AppContext } from "../app.ts";
import { syncTargets } from "../sync/index.ts";

/** Milliseconds between looks, and for how long somebody may take in the dashboard. */
const PAUSE = 5000;
const PATIENCE = 10 * 60_000;

/** There is no API for an administrator's OAuth: opens the page, and notices when it is done. */
export async function authenticateInDashboard(
  app: AppContext,
  target: ServerTarget,
): Promise<void> {
  const { accountId, serverId } = target;
  const session = app.sessions.get(accountId);
  const before = findServer(app.store.state, accountId, serverId)?.optimistic;
  if (session === undefined || before === undefined) {
    return;
  }
  await vscode.env.openExternal(vscode.Uri.parse(dashboardUrl(accountId, serverId), true));
  const after = await untilAuthenticated(app, session, before);
  if (after === undefined || after.status === "ready") {
    return;
  }
  await syncTargets(app, [target]);
}

/** Undefined when nothing has come of it. */
async function untilAuthenticated(
  app: AppContext,
  session: Session,
  before: Server,
): Promise<Server | undefined> {
  const end = Date.now() + PATIENCE;
  while (Date.now() < end) {
    await soon();
    // Signed out, or signed in to anew: then somebody else looks.
    if (app.sessions.get(session.account.id) !== session) {
      return undefined;
    }
    const now = await look(session, before.id);
    if (now !== undefined && isAuthenticated(before, now)) {
      return now;
    }
  }
  return undefined;
}

/** After a pause, or at once when the person comes back to this window. */
async function soon(): Promise<void> {
  const back = new AbortController();
  const subscription = vscode.window.onDidChangeWindowState(({ focused }) => {
    if (focused) {
      back.abort();
    }
  });
  try {
    await sleep(PAUSE, undefined, { signal: back.signal });
  } catch (error) {
    if (!isCancelled(error)) {
      throw error;
    }
  } finally {
    subscription.dispose();
  }
}

/** A failed look is no reason to give up. */
async function look(session: Session, serverId: string): Promise<Server | undefined> {
  try {
    return await session.operations(serverKind).reread(serverId, { priority: "background" });
  } catch {
    return undefined;
  }
}

/** Somebody may authenticate anew what was connected before: then what else is new tells. */
function isAuthenticated(before: Server, now: Server): boolean {
  const connected = now.authenticationStatus === "connected" || now.status === "ready";
  const moved =
    now.authenticationStatus !== before.authenticationStatus ||
    now.status !== before.status ||
    now.modifiedAt !== before.modifiedAt;
  return connected && moved;
}
