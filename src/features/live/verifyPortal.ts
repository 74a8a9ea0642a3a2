import * as vscode from "vscode";
import { pause } from "../../base/async.ts";
import { about } from "../../base/text.ts";
import { compareLive, type LiveComparison } from "../../domain/live/compareLive.ts";
import { type LiveTool, toolsBehind } from "../../domain/live/liveTools.ts";
import { comparisonInWords } from "../../domain/live/words.ts";
import { notifyInformation, notifyWarning, showProgress } from "../../editor/notifications.ts";
import { lookAround } from "../../engine/reach/explain.ts";
import { VIEWS } from "../../manifest.ts";
import type { CommandArguments, PortalAddress } from "../../target.ts";
import { isConnected, listServers, offerPortal, startLive, stopServer } from "../connect/index.ts";
import { onePortal } from "../targets/index.ts";
import { connectedTo, liveTools, prefixOf } from "./connected.ts";
import type { LiveContext } from "./context.ts";
import { liveView, type ShownComparison } from "./liveView.ts";

/** The text with which a script ends VS Code's session first. */
const RECONNECT = "reconnect";

/** VS Code tells of a server's tools a moment after it has them, and of many in several parts. */
const ATTEMPTS = 75;
const PAUSE_MS = 200;
/** The time without news after which no more tools are expected. */
const STILL_MS = 2000;

/** Holds what VS Code really gets of a portal against what it should get. */
export async function verifyPortal(app: LiveContext, args: CommandArguments): Promise<void> {
  const title = vscode.l10n.t("Compare which portal with what VS Code gets?");
  const chosen = await onePortal(app, args, title);
  if (chosen === undefined) {
    return;
  }
  const { target, portal } = chosen;
  if (!isConnected(app, target)) {
    const rows = [{ kind: "portal", ...target } as const];
    await offerPortal(app, { ...args, rows, text: undefined });
  } else if (args.text === RECONNECT) {
    await stopServer(app, target);
  }
  if (isConnected(app, target)) {
    await compare(app, target, portal.name);
  }
}

/**
 * Connects VS Code to a portal where it isn't, and resolves with all of VS Code's tools once some are of
 * the portal. Undefined where somebody gave it up.
 */
export async function startedTools(
  app: LiveContext,
  target: PortalAddress,
): Promise<readonly LiveTool[] | undefined> {
  if (!isConnected(app, target)) {
    const rows = [
      { kind: "portal", accountId: target.accountId, portalId: target.portalId },
    ] as const;
    await offerPortal(app, { rows, text: undefined, accountIds: [target.accountId] });
  }
  if (!isConnected(app, target)) {
    return undefined;
  }
  const title = vscode.l10n.t("Waiting for VS Code's tools");
  return cancellable(title, (signal) => untilLive(app, target, signal, 0));
}

/** Forgets all comparisons. */
export function clearLive(app: LiveContext): void {
  liveView(app).clear();
}

async function compare(app: LiveContext, address: PortalAddress, name: string): Promise<void> {
  const title = vscode.l10n.t("Comparing {0} with what VS Code gets", name);
  const done = await cancellable(title, async (signal) => ({
    compared: await compareNow(app, address, signal),
  }));
  if (done === undefined) {
    return;
  }
  const { compared } = done;
  if (compared === undefined) {
    void tellNothing(name);
    return;
  }
  await liveView(app).show({ ...address, name, ...compared });
  void tell(name, compared.comparison);
}

/** Undefined where somebody cancelled it. */
async function cancellable<T>(
  title: string,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const ending = new AbortController();
  return showProgress(
    title,
    async (_report, token) => {
      token.onCancellationRequested(() => ending.abort());
      try {
        return await task(ending.signal);
      } catch (error) {
        if (ending.signal.aborted) {
          return undefined;
        }
        throw error;
      }
    },
    true,
  );
}

/** Undefined where VS Code has no tool of the portal. */
async function compareNow(
  app: LiveContext,
  address: PortalAddress,
  signal: AbortSignal,
): Promise<Pick<ShownComparison, "comparison" | "surroundings"> | undefined> {
  const to = await connectedTo(app, address);
  const session = app.sessions.get(address.accountId);
  if (to === undefined || session === undefined) {
    return undefined;
  }
  const [surroundings, live] = await Promise.all([
    lookAround(session.surroundings, to.facts.portal, {}, { signal }),
    untilLive(app, address, signal, STILL_MS),
  ]);
  // Read again: a refresh may have come in between.
  const now = await connectedTo(app, address);
  const comparison = now && compareLive({ ...now, facts: { ...now.facts, ...surroundings } }, live);
  return comparison && { comparison, surroundings };
}

/**
 * VS Code's tools, once they are those of the portal, or there are some and no more of them come.
 * @param stillMs how long none may have come
 */
async function untilLive(
  app: LiveContext,
  address: PortalAddress,
  signal: AbortSignal,
  stillMs: number,
): Promise<readonly LiveTool[]> {
  let before = 0;
  let changedAt = Date.now();
  for (let left = ATTEMPTS; left > 0; left--) {
    await Promise.race([startLive(app, address), untilAborted(signal)]);
    const to = await connectedTo(app, address);
    const live = liveTools();
    const prefix = to && prefixOf(to, live);
    const count = prefix === undefined ? 0 : toolsBehind(prefix, live).length;
    const isStill = count > 0 && count === before;
    const isOver = Date.now() - changedAt >= stillMs || (to && isAsPromised(compareLive(to, live)));
    if (isStill && isOver) {
      return live;
    }
    changedAt = isStill ? changedAt : Date.now();
    before = count;
    await pause(PAUSE_MS, signal);
  }
  return liveTools();
}

function isAsPromised(comparison: LiveComparison | undefined): boolean {
  if (comparison === undefined) {
    return false;
  }
  return comparison.counts.expected === comparison.items.length;
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

async function tellNothing(name: string): Promise<void> {
  const list = vscode.l10n.t("List Servers");
  const chosen = await notifyWarning(
    vscode.l10n.t(
      "VS Code has no tools of {0} yet. Start it among VS Code's MCP servers and sign in, then compare again.",
      name,
    ),
    list,
  );
  if (chosen === list) {
    await listServers();
  }
}

async function tell(name: string, comparison: LiveComparison): Promise<void> {
  const words = comparisonInWords(comparison);
  if (isAsPromised(comparison)) {
    await notifyInformation(
      about(name, vscode.l10n.t("VS Code gets what it should get, {0}.", words)),
    );
    return;
  }
  const show = vscode.l10n.t("Show Comparison");
  const chosen = await notifyWarning(
    about(name, vscode.l10n.t("VS Code doesn't get what it should get: {0}.", words)),
    show,
  );
  if (chosen === show) {
    await vscode.commands.executeCommand(`${VIEWS.live}.focus`);
  }
}
