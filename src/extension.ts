import { inspect } from "node:util";
import * as l10n from "@vscode/l10n";
import * as vscode from "vscode";
import { SerialQueue } from "./base/async.ts";
import { Semaphore } from "./base/semaphore.ts";
import { Connector } from "./cloudflare/connect.ts";
import type { Connect } from "./domain/cloudflareClient.ts";
import { RESOURCES } from "./domain/resources/kinds.ts";
import { createLog, type Log } from "./editor/log.ts";
import * as settings from "./editor/settings.ts";
import { Costs } from "./engine/cost/costs.ts";
import { ThreadTokenizer } from "./engine/cost/tokenizer.ts";
import { MachineStorage } from "./engine/files/accountStorage.ts";
import { type Session, Sessions } from "./engine/session.ts";
import { Store } from "./engine/store.ts";
import { AccessNotices } from "./features/accounts/accessNotices.ts";
import { createAccounts } from "./features/accounts/accounts.ts";
import { ShownAccount } from "./features/accounts/shownAccount.ts";
import {
  type AssistantTools,
  assistantTools,
  registerAssistant,
} from "./features/assistant/register.ts";
import { registerClients } from "./features/clients/register.ts";
import { type App, registerCommands } from "./features/commands/index.ts";
import { ConnectedPortals } from "./features/connect/connectedPortals.ts";
import { registerConnections } from "./features/connect/register.ts";
import { RowDetails } from "./features/display/rowDetails.ts";
import { registerDocuments } from "./features/documents/register.ts";
import { registerCheckboxes } from "./features/edits/checkboxes.ts";
import { Reporter } from "./features/errors.ts";
import { registerFiles } from "./features/files/register.ts";
import { PortalsView } from "./features/portals/view.ts";
import {
  createProblems,
  type ProblemFiles,
  type ShowProblems,
} from "./features/problems/createProblems.ts";
import type { Findings } from "./features/problems/findings.ts";
import { HealthNotices } from "./features/problems/healthNotices.ts";
import { isAnythingVisible, onRefreshPace } from "./features/refresh/visibility.ts";
import { LateReviews } from "./features/review/lateReviews.ts";
import type { ReviewView } from "./features/review/view.ts";
import { ServersView } from "./features/servers/view.ts";
import { trackContextKeys } from "./features/status/contextKeys.ts";
import { createStatusBar } from "./features/status/statusBar.ts";
import type { TreeSources } from "./features/targets/index.ts";
import type { PortalTarget, Target } from "./target.ts";

/** The parts on screen, for tests and other extensions that drive this one. */
export interface Exports {
  readonly view: vscode.TreeView<Target>;
  readonly tree: vscode.TreeDataProvider<Target>;
  readonly portals: vscode.TreeDataProvider<PortalTarget>;
  readonly portalsView: vscode.TreeView<PortalTarget>;
  /** Undefined until an account is there. */
  readonly review: () => ReviewView | undefined;
  readonly dragAndDrop: {
    readonly servers: vscode.TreeDragAndDropController<Target>;
    readonly portals: vscode.TreeDragAndDropController<PortalTarget>;
  };
  readonly status: vscode.StatusBarItem;
  readonly log: vscode.LogOutputChannel;
  readonly assistant: AssistantTools;
}

/** Builds the parts and connects them. Awaits nothing and sends no request. */
export function activate(context: vscode.ExtensionContext): Exports {
  l10n.config({ contents: vscode.l10n.bundle ?? {} });
  const log = createLog();
  const connector = new Connector();
  const reporter = new Reporter(log, () => connector.ignoreRateLimits());
  const connectTo = connectWith(connector, context, log);
  const store = new Store(RESOURCES);
  const storage = createStorage(context, reporter);
  const costs = createCosts(context, store, storage, log);
  const problems = createProblems(
    store,
    problemFiles(storage, () => ({ reviews, session })),
    costs,
    reporter.failureHandler(vscode.l10n.t("Changed hints may go unnoticed.")),
    context,
  );
  const session = (accountId: string): Session | undefined => sessions.get(accountId);
  const reviews = createReviews(context, store, storage, { reporter, costs, problems, session });
  const sources = { store, findings: problems.findings, costs, reviews };
  const { views, treeViews, disposables } = createViews(sources, session);
  const statusBar = createStatusBar(store);
  const signInOffer = new AccessNotices();
  const sessions = createSessions(store, storage, () => isAnythingVisible(treeViews));
  const accounts = createAccounts(context, connectTo, reporter, store);
  const app: App = {
    store,
    sessions,
    accounts,
    shown: new ShownAccount((id) => store.show(id), context.globalState),
    undoing: new SerialQueue(),
    connect: connectTo,
    ...views,
    findings: problems.findings,
    costs,
    reviews,
    signInOffer,
    connected: new ConnectedPortals(context),
    reporter,
    log,
    extensionUri: context.extensionUri,
  };
  keepInStep({ ...app, costs, reviews }, storage);
  context.subscriptions.push(
    log,
    ...disposables,
    ...statusBar.disposables,
    ...problems.disposables,
    trackContextKeys(store),
    signInOffer.follow(store, (id) => accounts.keepReadOnly(id)),
    ...registerFeatures(app, views, problems.showIn),
    ...onRefreshPace(treeViews, () => sessions.reschedule()),
    sessions,
    ...registerDocuments(
      app,
      accounts.restore().finally(() => store.restored()),
    ),
  );
  return { ...exportsOf(app, views, reviews), status: statusBar.item, log: log.channel };
}

/** What people do and are told, and the pages that VS Code opens again after a restart. */
function registerFeatures(
  app: App,
  { serversView, portalsView }: Views,
  showProblemsIn: ShowProblems,
): readonly vscode.Disposable[] {
  return [
    new HealthNotices().follow(app.store),
    ...registerCheckboxes(app, [serversView, portalsView]),
    ...registerCommands(app),
    ...registerClients(app),
    ...registerFiles(app, showProblemsIn),
    ...registerConnections(app),
    ...registerAssistant(app),
  ];
}

function createStorage(
  { globalStorageUri }: vscode.ExtensionContext,
  reporter: Reporter,
): MachineStorage {
  return new MachineStorage(
    globalStorageUri.fsPath,
    reporter.failureHandler(vscode.l10n.t("The next window starts empty.")),
  );
}

function createSessions(store: Store, storage: MachineStorage, isVisible: () => boolean): Sessions {
  return new Sessions(store, {
    storage: (accountId) => storage.forAccount(accountId),
    refreshInterval: () => settings.refreshInterval(isVisible()),
    syncs: { semaphore: new Semaphore(settings.syncConcurrency), retryPause: 2000 },
  });
}

/** Nothing is counted, and no tokenizer loaded, before somebody asks for a cost. */
function createCosts(
  { extensionUri, subscriptions }: vscode.ExtensionContext,
  store: Store,
  storage: MachineStorage,
  log: Log,
): Costs {
  const program = vscode.Uri.joinPath(extensionUri, "dist", "tokenizer.js").fsPath;
  const tokenizer = new ThreadTokenizer(program);
  const costs = new Costs(store, {
    tokenizer,
    fileOf: (accountId) => storage.tokens(accountId),
    // Nobody asked for the counting, and a tooltip without a cost says enough.
    onFailure: (error) => log.error(inspect(error)),
  });
  subscriptions.push(costs, tokenizer);
  return costs;
}

/** @param parts is called once accounts are there */
function problemFiles(
  storage: MachineStorage,
  parts: () => {
    readonly reviews: LateReviews;
    session(accountId: string): Session | undefined;
  },
): ProblemFiles {
  return {
    acceptedHints: (accountId) => storage.acceptedHints(accountId),
    lost: (accountId) => storage.lost(accountId),
    renamedTo: (address, of) => parts().reviews.snapshot.renamedTo(address, of),
    reach: (accountId) => parts().session(accountId)?.knownSurroundings.all ?? new Map(),
  };
}

function createReviews(
  { subscriptions }: vscode.ExtensionContext,
  store: Store,
  storage: MachineStorage,
  { reporter, costs, problems: { findings }, session }: BesideReviews,
): LateReviews {
  const reviews = new LateReviews(
    store,
    { findings, costs },
    {
      session,
      baselines: (accountId) => storage.baselines(accountId),
      lost: (accountId) => storage.lost(accountId),
      reconnectsFile: (accountId) => storage.reconnects(accountId),
      onUnkept: reporter.failureHandler(
        vscode.l10n.t("What changes while no window is open may go unnoticed."),
      ),
    },
  );
  subscriptions.push(reviews);
  return reviews;
}

interface BesideReviews {
  readonly reporter: Reporter;
  readonly costs: Costs;
  readonly problems: { readonly findings: Findings };
  session(accountId: string): Session | undefined;
}

function createViews(sources: TreeSources, session: (accountId: string) => Session | undefined) {
  const details = new RowDetails({ store: sources.store, session });
  const serversView = new ServersView(sources, details);
  const portalsView = new PortalsView(sources, details);
  return {
    views: { serversView, portalsView },
    treeViews: [portalsView.view, serversView.view],
    disposables: [serversView, portalsView],
  };
}

interface Views {
  readonly serversView: ServersView;
  readonly portalsView: PortalsView;
}

function exportsOf(
  app: App,
  { serversView, portalsView }: Views,
  reviews: LateReviews,
): Omit<Exports, "status" | "log"> {
  return {
    assistant: assistantTools(app),
    view: serversView.view,
    tree: serversView.provider,
    portals: portalsView.provider,
    portalsView: portalsView.view,
    review: () => reviews.view,
    dragAndDrop: { servers: serversView.dragAndDrop, portals: portalsView.dragAndDrop },
  };
}

/**
 * Opens a session for each account, and reports what becomes known of its writes later. Saves what
 * is dropped onto portals. Removes what is stored of an account that was signed out.
 */
function keepInStep(
  app: App & { readonly costs: Costs; readonly reviews: LateReviews },
  storage: MachineStorage,
): void {
  const { accounts, sessions, findings, costs, shown, portalsView, reviews, connected, reporter } =
    app;
  sessions.onLateOutcome(async (lateOutcome) => {
    const { tellLateOutcome } = await import("./features/edits/save.ts");
    return tellLateOutcome(app, lateOutcome);
  });
  portalsView.onDidDrop(async (dropped) => {
    const { drop } = await import("./features/portals/attach.ts");
    return drop(app, dropped);
  });
  sessions.onDidReadSurroundings(() => findings.checkReach());
  reviews.onDidHold(async (outcomes) => {
    const { tellHold } = await import("./features/review/holdNotices.ts");
    tellHold(app, outcomes);
  });
  accounts.onDidOpen((opened) => {
    void sessions.open(opened);
  });
  accounts.onDidClose((id) => {
    sessions.close(id);
    costs.forget(id);
    reporter.inBackground(
      vscode.l10n.t("Not all of the account was removed."),
      Promise.all([storage.forget(id), connected.forget(id)]),
    );
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
