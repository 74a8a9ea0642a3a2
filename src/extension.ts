import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { createAccounts } from "./account/createAccounts.ts";
import { connect } from "./api/connect.ts";
import type { App } from "./commands/app.ts";
import { registerCommands } from "./commands/register.ts";
import type { Target } from "./contributions.ts";
import type { Connect } from "./model/client/client.ts";
import { InTurn } from "./model/inTurn.ts";
import { Storage } from "./storage/keeping.ts";
import { Sessions } from "./store/sessions.ts";
import { isCutOff } from "./store/state.ts";
import { Store } from "./store/store.ts";
import { Slots } from "./store/syncs/slots.ts";
import { trackAccess } from "./ui/access.ts";
import { trackContextKeys } from "./ui/contextKeys.ts";
import { registerDocuments } from "./ui/documents/register.ts";
import { HealthNotices } from "./ui/healthNotices.ts";
import { createLog, type Log } from "./ui/log.ts";
import { createProblems } from "./ui/problems/create.ts";
import { Reporter } from "./ui/report.ts";
import * as settings from "./ui/settings.ts";
import { ShownAccount } from "./ui/shownAccount.ts";
import { createStatusBar } from "./ui/statusBar.ts";
import { createServersView } from "./ui/tree/view.ts";
import { isAnythingVisible, onRefreshPace } from "./ui/visibility.ts";

/** What is on screen, for whoever drives the extension from outside. */
export interface Exports {
  readonly view: vscode.TreeView<Target>;
  readonly tree: vscode.TreeDataProvider<Target>;
  readonly status: vscode.StatusBarItem;
  readonly log: vscode.LogOutputChannel;
}

/** Builds the parts and connects them. Nothing is awaited and nothing is asked of the network here. */
export function activate(context: vscode.ExtensionContext): Exports {
  if (vscode.l10n.bundle !== undefined) l10n.config({ contents: vscode.l10n.bundle });
  const log = createLog();
  const reporter = new Reporter(log);
  const connectTo = connector(context, log);
  const store = new Store();
  const checks = createProblems(store, context);
  const tree = createServersView(store, checks);
  const statusBar = createStatusBar(store);
  const storage = new Storage(context.globalStorageUri.fsPath);
  const notices = new HealthNotices();
  const sessions = new Sessions(store, {
    keeping: (accountId) => storage.keeping(accountId),
    refreshInterval: () => settings.refreshInterval(isAnythingVisible(tree.view)),
    syncs: { slots: new Slots(settings.syncConcurrency), retryPause: 2000 },
    onWorse: (account, servers) => notices.tell(account, servers),
  });
  const accounts = createAccounts(context, connectTo, reporter, (id) => isCutOff(store.state, id));
  const shown = new ShownAccount((id) => store.show(id), context.globalState);
  accounts.onDidOpen(({ account, client, readOnly }) => {
    void sessions.open(account, client, { readOnly });
  });
  accounts.onDidClose((id) => {
    sessions.close(id);
    reporter.inBackground(vscode.l10n.t("Not all of the account was removed."), storage.forget(id));
    checks.problems.forget(id);
    shown.removed(id);
  });
  const app: App = {
    store,
    sessions,
    accounts,
    shown,
    undoing: new InTurn(),
    connect: connectTo,
    tree,
    problems: checks.problems,
    reporter,
    log,
  };
  context.subscriptions.push(
    log,
    ...tree.disposables,
    ...statusBar.disposables,
    ...checks.disposables,
    trackContextKeys(store),
    trackAccess(store, (id) => accounts.keepReadOnly(id)),
    ...registerCommands(app),
    ...onRefreshPace(tree.view, () => sessions.reschedule()),
    sessions,
    ...registerDocuments(
      store,
      sessions,
      accounts.restore().finally(() => store.restored()),
    ),
  );
  return { view: tree.view, tree: tree.provider, status: statusBar.item, log: log.channel };
}

/** How every connection is made: as this version, over the network that VS Code is set to. */
function connector({ extension }: vscode.ExtensionContext, log: Log): Connect {
  const { version } = extension.packageJSON as { readonly version: string };
  return (to) =>
    connect({
      ...to,
      userAgent: `mcp-portals/${version}`,
      network: settings.networkSettings(),
      log: log.request,
    });
}
