import * as vscode from "vscode";
import { type Target, VIEWS } from "../../contributions.ts";
import { checkServer } from "../../model/checks/check.ts";
import { type AccountState, type State, shownAccounts } from "../../store/state.ts";
import type { ReadonlyStore } from "../../store/store.ts";
import { errorsAndWarnings } from "../words.ts";
import { messageOf } from "./message.ts";
import { ServersProvider } from "./provider.ts";

export interface ServersView {
  readonly view: vscode.TreeView<Target>;
  readonly provider: ServersProvider;
  readonly disposables: readonly vscode.Disposable[];
}

/** The "Servers" view: its tree, its message and its badge. */
export function createServersView(store: ReadonlyStore): ServersView {
  const provider = new ServersProvider(store);
  const view = vscode.window.createTreeView(VIEWS.servers, {
    treeDataProvider: provider,
    canSelectMany: true,
    showCollapseAll: true,
    manageCheckboxStateManually: true,
  });
  const show = (state: State): void => {
    const message = messageOf(state);
    if (view.message !== message) view.message = message;
    const badge = badgeOf(state);
    if (view.badge?.value !== badge?.value || view.badge?.tooltip !== badge?.tooltip) {
      view.badge = badge;
    }
  };
  show(store.state);
  return { view, provider, disposables: [view, provider, store.onDidChange(show)] };
}

function badgeOf(state: State): vscode.ViewBadge | undefined {
  const { errors, warnings } = countFindings(shownAccounts(state));
  return errors === 0 ? undefined : { value: errors, tooltip: errorsAndWarnings(errors, warnings) };
}

function countFindings(accounts: readonly AccountState[]): { errors: number; warnings: number } {
  const severities = accounts
    .flatMap(({ servers }) => [...servers.values()])
    .flatMap(({ server }) => checkServer(server))
    .map(({ severity }) => severity);
  return {
    errors: severities.filter((severity) => severity === "error").length,
    warnings: severities.filter((severity) => severity === "warning").length,
  };
}
