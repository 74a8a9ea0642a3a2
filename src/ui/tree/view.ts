import * as vscode from "vscode";
import { type Target, VIEWS } from "../../contributions.ts";
import { type State, shownAccounts } from "../../store/state.ts";
import type { ReadonlyStore } from "../../store/store.ts";
import { reach } from "../milestones.ts";
import type { Checks } from "../problems/create.ts";
import type { Problems } from "../problems/problems.ts";
import { countFindings } from "../problems/rows.ts";
import { errorsAndWarnings } from "../words.ts";
import { messageOf } from "./message.ts";
import { PressedRow } from "./pressedRow.ts";
import { ServersProvider } from "./provider.ts";

export interface ServersView {
  readonly view: vscode.TreeView<Target>;
  readonly provider: ServersProvider;
  readonly pressed: PressedRow;
  /** Opens what is above a row, and unless told otherwise selects it and moves the focus there. */
  reveal(row: Target, how?: RevealOptions): Promise<void>;
  readonly disposables: readonly vscode.Disposable[];
}

export type RevealOptions = NonNullable<Parameters<vscode.TreeView<Target>["reveal"]>[1]>;

const HERE: RevealOptions = { select: true, focus: true, expand: true };

/** The "Servers" view: its tree, its message and its badge. */
export function createServersView(store: ReadonlyStore, { problems, rows }: Checks): ServersView {
  // VS Code tells of no row that is opened between a redraw of all and its asking for the rows.
  const provider = new ServersProvider(store, problems, rows, () => reach("explored"));
  const view = vscode.window.createTreeView(VIEWS.servers, {
    treeDataProvider: provider,
    canSelectMany: true,
    showCollapseAll: true,
    manageCheckboxStateManually: true,
  });
  const show = (state: State): void => {
    const message = messageOf({ state, problems });
    if (view.message !== message) view.message = message;
    const badge = badgeOf(problems, state);
    if (view.badge?.value !== badge?.value || view.badge?.tooltip !== badge?.tooltip) {
      view.badge = badge;
    }
  };
  show(store.state);
  const pressed = new PressedRow(view);
  const disposables = [
    view,
    pressed,
    provider,
    store.onDidChange(show),
    problems.onDidChange(() => show(store.state)),
    view.onDidChangeSelection(() => provider.touch()),
    view.onDidChangeCheckboxState(() => provider.touch()),
  ];
  const reveal = async (row: Target, how: RevealOptions = HERE): Promise<void> => {
    provider.flush();
    await view.reveal(provider.node(row), how);
  };
  return { view, provider, pressed, reveal, disposables };
}

function badgeOf(problems: Problems, state: State): vscode.ViewBadge | undefined {
  const findings = shownAccounts(state).flatMap(({ account, servers }) =>
    [...servers.keys()].flatMap((serverId) => problems.of({ accountId: account.id, serverId })),
  );
  const { errors, warnings } = countFindings(findings);
  return errors === 0 ? undefined : { value: errors, tooltip: errorsAndWarnings(errors, warnings) };
}
