import * as vscode from "vscode";
import type { ConnectedTo } from "../../domain/live/compareLive.ts";
import { findPrefix, type LiveTool } from "../../domain/live/liveTools.ts";
import { exposedList } from "../../domain/portals/exposedList.ts";
import type { SurroundingFacts } from "../../domain/reach/chain.ts";
import { findPortal, findServer } from "../../engine/state.ts";
import type { PortalAddress } from "../../target.ts";
import { type ConnectContext, connectionOf, labelAt } from "../connect/index.ts";

/** Before anybody looked. */
const UNSEEN: SurroundingFacts = {
  dns: { kind: "failed", why: "" },
  apps: { kind: "failed", why: "" },
  probe: undefined,
};

/** A portal to which VS Code is connected, as it is known now. Undefined where it isn't connected. */
export async function connectedTo(
  app: ConnectContext,
  address: PortalAddress,
): Promise<ConnectedTo | undefined> {
  const { state } = app.store;
  const portal = findPortal(state, address)?.optimistic;
  const connection = connectionOf(app, address);
  const label = labelAt(app, address);
  if (portal === undefined || connection === undefined || label === undefined) {
    return undefined;
  }
  const serverOf = (id: string) => findServer(state, address.accountId, id)?.optimistic;
  const byToken = (await app.connected.tokenOf(address)) !== undefined;
  return { facts: { ...UNSEEN, portal, serverOf }, label, connection, byToken };
}

/** All tools that VS Code has, of whichever MCP server or extension. */
export function liveTools(): readonly LiveTool[] {
  return vscode.lm.tools;
}

export function prefixOf(
  { facts: { portal, serverOf }, label }: ConnectedTo,
  live: readonly LiveTool[],
): string | undefined {
  const names = exposedList(portal, serverOf).map(({ exposedName }) => exposedName);
  return findPrefix(live, names, label);
}
