import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { SerialQueue } from "./base/async.ts";
import { Semaphore } from "./base/semaphore.ts";
import { Connector } from "./cloudflare/connect.ts";
import type { Connect } from "./domain/cloudflareClient.ts";
import { RESOURCES } from "./domain/resources/kinds.ts";
import { createLog, type Log } from "./editor/log.ts";
import * as settings from "./editor/settings.ts";
import { MachineStorage } from "./engine/files/accountStorage.ts";
import { Sessions } from "./engine/session.ts";
import { Store } from "./engine/store.ts";
import { AccessNotices } from "./features/accounts/accessNotices.ts";
import { createAccounts } from "./features/accounts/accounts.ts";
import { ShownAccount } from "./features/accounts/shownAccount.ts";
import { type App, registerCommands } from "./features/commands/index.ts";
import { registerDocuments } from "./features/documents/register.ts";
import { registerCheckboxes } from "./features/edits/checkboxes.ts";
import { tellLateOutcome } from "./features/edits/save.ts";
import { Reporter } from "./features/errors.ts";
import { drop } from "./features/portals/attach.ts";
import { PortalsView } from "./features/portals/view.ts";
import { createProblems } from "./features/problems/createProblems.ts";
import type { Findings } from "./features/problems/findings.ts";
import { isAnythingVisible, onRefreshPace } from "./features/refresh/visibility.ts";
import { ServersView } from "./features/servers/view.ts";
import { trackContextKeys } from "./features/status/contextKeys.ts";
import { createStatusBar } from "./features/status/statusBar.ts";
import { HealthNotices } from "./features/sync/healthNotices.ts";
import type { PortalTarget, Target } from "./target.ts";

/** The parts on screen, for tests and other extensions that drive this one. */
export interface Exports {
  readonly view: vscode.TreeView<Target>;
  readonly tree: vscode.TreeDataProvider<Target>;
  readonly portals: vscode.TreeDataProvider<PortalTarget>;
  readonly portalsView: vscode.TreeView<PortalTarget>;
  readonly dragAndDrop: {
    readonly servers: vscode.TreeDragAndDropController<Target>;
    readonly portals: vscode.TreeDragAndDropController<PortalTarget>;
  };
  readonly status: vscode.StatusBarItem;
  readonly log: vscode.LogOutputChannel;
}

/** Builds the parts and connects them. Awaits nothing and sends no request. */
export function activate(context: vscode.ExtensionContext): Exports {
  l10n.config({ contents: vscode.l10n.bundle ?? {} });
  const log = createLog();
  const connector = new Connector();
  const reporter = new Reporter(log, () => connector.ignoreRateLimits());
  const connectTo = connectWith(connector, context, log);
  const store = new Store(RESOURCES);
  const storage = new MachineStorage(
    context.globalStorageUri.fsPath,
    reporter.failureHandler(vscode.l10n.t("The next window starts empty.")),
  );
  const problems = createProblems(
    store,
    storage,
    reporter.failureHandler(vscode.l10n.t("Changed hints may go unnoticed.")),
    context,
  );
  const { trees, views, disposables } = createViews(store, problems.findings);
  const statusBar = createStatusBar(store);
  const signInOffer = new AccessNotices();
  const sessions = new Sessions(store, {
    storage: (accountId) => storage.forAccount(accountId),
    refreshInterval: () => settings.refreshInterval(isAnythingVisible(views)),
    syncs: { semaphore: new Semaphore(settings.syncConcurrency), retryPause: 2000 },
  });
  const accounts = createAccounts(context, connectTo, reporter, store);
  const app: App = {
    store,
    sessions,
    accounts,
    shown: new ShownAccount((id) => store.show(id), context.globalState),
    undoing: new SerialQueue(),
    connect: connectTo,
    ...trees,
    findings: problems.findings,
    signInOffer,
    reporter,
    log,
  };
  keepInStep(app, storage);
  context.subscriptions.push(
    log,
    ...disposables,
    ...statusBar.disposables,
    ...problems.disposables,
    trackContextKeys(store),
    new HealthNotices().follow(store),
    signInOffer.follow(store, (id) => accounts.keepReadOnly(id)),
    ...registerCheckboxes(app, [trees.tree, trees.portals]),
    ...registerCommands(app),
    ...onRefreshPace(views, () => sessions.reschedule()),
    sessions,
    ...registerDocuments(
      app,
      accounts.restore().finally(() => store.restored()),
    ),
  );
  return { ...exportsOf(trees), status: statusBar.item, log: log.channel };
}

function createViews(store: Store, problems: Findings) {
  const tree = new ServersView(store, problems);
  const portals = new PortalsView(store, problems);
  return {
    trees: { tree, portals },
    views: [portals.view, tree.view],
    disposables: [tree, portals],
  };
}

function exportsOf({
  tree,
  portals,
}: {
  readonly tree: ServersView;
  readonly portals: PortalsView;
}): Pick<Exports, "view" | "tree" | "portals" | "portalsView" | "dragAndDrop"> {
  return {
    view: tree.view,
    tree: tree.provider,
    portals: portals.provider,
    portalsView: portals.view,
    dragAndDrop: { servers: tree.dragAndDrop, portals: portals.dragAndDrop },
  };
}

/**
 * Opens a session for each account, and reports what becomes known of its writes later. Saves what
 * is dropped onto portals. Removes what is stored of an account that was signed out.
 */
function keepInStep(app: App, storage: MachineStorage): void {
  const { accounts, sessions, findings, shown, portals, reporter } = app;
  sessions.onLateOutcome((lateOutcome) => tellLateOutcome(app, lateOutcome));
  portals.onDidDrop((dropped) => drop(app, dropped));
  accounts.onDidOpen((opened) => {
    void sessions.open(opened);
  });
  accounts.onDidClose((id) => {
    sessions.close(id);
    reporter.inBackground(vscode.l10n.t("Not all of the account was removed."), storage.forget(id));
    findings.forget(id);
    shown.removed(id);
  });
}

/** Makes every connection with this version's name and VS Code's network settings. */
function connectWith(
  connector: Connector,
  { extension }: vscode.ExtensionContext,
  log: Log,
): Connect {
  const { version } = extension.packageJSON as { readonly version: string };
  return (to) =>
    connector.connect({
      ...to,
      userAgent: `mcp-portals/${version}`,
      network: settings.networkSettings(),
      log: log.request,
    });
}
