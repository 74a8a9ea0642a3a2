import { setTimeout as sleep } from "node:timers/promises";
import * as vscode from "vscode";
import { serverDashboardUrl } from "../../domain/account.ts";
import { isCancelled } from "../../domain/apiError.ts";
import type { Server } from "../../domain/servers/server.ts";
import { serverKind } from "../../domain/servers/serverKind.ts";
import type { Session } from "../../engine/session.ts";
import { findServer } from "../../engine/state.ts";
import type { ServerTarget } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { syncTargets } from "../sync/index.ts";

/** Between two reads of the server. */
const PAUSE_MS = 5000;
/** Until the last read of the server. */
const TIMEOUT_MS = 10 * 60_000;

/**
 * Opens the dashboard, because there is no API for an administrator's OAuth. Then polls until the
 * server is authenticated.
 */
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
  await vscode.env.openExternal(vscode.Uri.parse(serverDashboardUrl(accountId, serverId), true));
  const after = await untilAuthenticated(app, session, before);
  if (after === undefined || after.status === "ready") {
    return;
  }
  await syncTargets(app, [target]);
}

/** Resolves with undefined when the person doesn't authenticate in time. */
async function untilAuthenticated(
  app: AppContext,
  session: Session,
  before: Server,
): Promise<Server | undefined> {
  const end = Date.now() + TIMEOUT_MS;
  while (Date.now() < end) {
    await pauseOrFocus();
    // The account was signed out or in again.
    if (app.sessions.get(session.account.id) !== session) {
      return undefined;
    }
    const now = await readServer(session, before.id);
    if (now !== undefined && isAuthenticated(before, now)) {
      return now;
    }
  }
  return undefined;
}

/** Resolves after a pause, or at once when the person comes back to this window. */
async function pauseOrFocus(): Promise<void> {
  const back = new AbortController();
  const subscription = vscode.window.onDidChangeWindowState(({ focused }) => {
    if (focused) {
      back.abort();
    }
  });
  try {
    await sleep(PAUSE_MS, undefined, { signal: back.signal });
  } catch (error) {
    if (!isCancelled(error)) {
      throw error;
    }
  } finally {
    subscription.dispose();
  }
}

/** A failed read isn't the end of polling. */
async function readServer(session: Session, serverId: string): Promise<Server | undefined> {
  try {
    return await session.operations(serverKind).reread(serverId, { priority: "background" });
  } catch {
    return undefined;
  }
}

/**
 * A server that was connected may be authenticated again. Another value that changed shows that.
 */
function isAuthenticated(before: Server, now: Server): boolean {
  const connected = now.authenticationStatus === "connected" || now.status === "ready";
  const moved =
    now.authenticationStatus !== before.authenticationStatus ||
    now.status !== before.status ||
    now.modifiedAt !== before.modifiedAt;
  return connected && moved;
}
