import { setTimeout as pause } from "node:timers/promises";
import * as vscode from "vscode";
import type { Connection } from "../../domain/portals/endpoint.ts";
import { notifyInformation } from "../../editor/notifications.ts";
import { EXTENSION_ID } from "../../manifest.ts";
import type { PortalAddress } from "../../target.ts";
import { type ConnectContext, isSame, offersOf } from "./connectedPortals.ts";
import { labelOf, portalDefinitions } from "./definitions.ts";

/** VS Code's own commands. The first two aren't documented, so they may be missing one day. */
const START = "workbench.mcp.startServer";
const STOP = "workbench.mcp.stopServer";
const LIST = "workbench.mcp.listServer";

/** VS Code knows a new definition a moment after it was told to ask for it. */
const ATTEMPTS = 25;
const PAUSE_MS = 200;

export function isConnected(app: ConnectContext, address: PortalAddress): boolean {
  return connectionOf(app, address) !== undefined;
}

/** How VS Code is connected to a portal; undefined where it isn't. */
export function connectionOf(
  { connected }: ConnectContext,
  address: PortalAddress,
): Connection | undefined {
  return connected.all.find((each) => isSame(each, address))?.connection;
}

/**
 * Starts a connected portal, so that VS Code asks for a sign-in now. False where it can't; then it has
 * told how to.
 */
export async function startServer(app: ConnectContext, address: PortalAddress): Promise<boolean> {
  const label = labelAt(app, address);
  if (label === undefined || (await isStarted(app, address, label))) {
    return label !== undefined;
  }
  await tellToStart(label);
  return false;
}

async function tellToStart(label: string): Promise<void> {
  const list = vscode.l10n.t("List Servers");
  const chosen = await notifyInformation(
    vscode.l10n.t("VS Code has {0} among its MCP servers now. Start it there.", label),
    list,
  );
  if (chosen === list) {
    await listServers();
  }
}

/** Ends VS Code's session with a portal, so that its tools are gone at once. */
export async function stopServer(app: ConnectContext, address: PortalAddress): Promise<void> {
  const label = labelAt(app, address);
  if (label !== undefined && (await vscode.commands.getCommands()).includes(STOP)) {
    await vscode.commands.executeCommand(STOP, idOf(label));
  }
}

/**
 * Starts a connected portal where it isn't running, and resolves once VS Code has asked it for its
 * tools, which is after a sign-in. Resolves at once for one that VS Code doesn't know yet. False where
 * VS Code lacks the command.
 */
export async function startLive(app: ConnectContext, address: PortalAddress): Promise<boolean> {
  const label = labelAt(app, address);
  if (label === undefined || !(await vscode.commands.getCommands()).includes(START)) {
    return false;
  }
  await start(app, label);
  return true;
}

/** Opens VS Code's own list of MCP servers. */
export async function listServers(): Promise<void> {
  await vscode.commands.executeCommand(LIST);
}

async function isStarted(
  app: ConnectContext,
  address: PortalAddress,
  label: string,
): Promise<boolean> {
  if (!(await vscode.commands.getCommands()).includes(START)) {
    return false;
  }
  let isStarting = false;
  const begun = Promise.withResolvers<void>();
  const subscription = portalDefinitions(app).onWillStart((started) => {
    if (isSame(started, address)) {
      isStarting = true;
      begun.resolve();
    }
  });
  try {
    for (let left = ATTEMPTS; left > 0 && !isStarting; left--) {
      await Promise.race([start(app, label), begun.promise]);
      await Promise.race([pause(PAUSE_MS), begun.promise]);
    }
    return isStarting;
  } finally {
    subscription.dispose();
  }
}

/** Ends at once for a server that VS Code doesn't know yet, else after the sign-in. */
async function start(app: ConnectContext, label: string): Promise<void> {
  try {
    await vscode.commands.executeCommand(START, idOf(label), { waitForLiveTools: true });
  } catch (error) {
    // VS Code refuses a server while it exchanges the definitions that it was offered for newer ones.
    app.log.info(`${label}: ${String(error)}`);
  }
}

/** How VS Code names a definition in its own commands. */
function idOf(label: string): string {
  return `${EXTENSION_ID}/${label}`;
}

/** The name by which VS Code knows a connected portal. */
export function labelAt(app: ConnectContext, address: PortalAddress): string | undefined {
  const offers = offersOf(app, app.connected);
  const offer = offers.find(([connected]) => isSame(connected, address));
  return offer && labelOf(offer, offers);
}
