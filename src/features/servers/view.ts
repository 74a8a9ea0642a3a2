import * as vscode from "vscode";
import { about } from "../../base/text.ts";
import { isOffline } from "../../domain/apiError.ts";
import { FocusedRow } from "../../editor/tree/focusedRow.ts";
import { type AccountState, type State, shownAccounts } from "../../engine/state.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import { type Target, VIEWS } from "../../manifest.ts";
import { filterInWords } from "../find/filter.ts";
import type { Checks } from "../problems/createProblems.ts";
import type { Findings } from "../problems/findings.ts";
import { countFindings } from "../problems/rowDecorations.ts";
import { complete } from "../walkthrough.ts";
import type { TreeContext } from "./nodes.ts";
import { ServersProvider } from "./treeProvider.ts";
import { errorsAndWarnings, timeInWords } from "./words.ts";

export interface ServersView {
  readonly view: vscode.TreeView<Target>;
  readonly provider: ServersProvider;
  readonly pressed: FocusedRow;
  /** Opens what is above a row, and unless told otherwise selects it and moves the focus there. */
  reveal(row: Target, how?: RevealOptions): Promise<void>;
  readonly disposables: readonly vscode.Disposable[];
}

type RevealOptions = NonNullable<Parameters<vscode.TreeView<Target>["reveal"]>[1]>;

const HERE: RevealOptions = { select: true, focus: true, expand: true };

/** The "Servers" view: its tree, its message and its badge. */
export function createServersView(store: ReadonlyStore, { problems, rows }: Checks): ServersView {
  // VS Code tells of no row that is opened between a redraw of all and its asking for the rows.
  const provider = new ServersProvider(store, problems, rows, () => complete("explored"));
  const view = vscode.window.createTreeView(VIEWS.servers, {
    treeDataProvider: provider,
    canSelectMany: true,
    showCollapseAll: true,
    manageCheckboxStateManually: true,
  });
  const show = (state: State): void => {
    const message = messageOf({ state, problems });
    if (view.message !== message) {
      view.message = message;
    }
    const badge = badgeOf(problems, state);
    if (view.badge?.value !== badge?.value || view.badge?.tooltip !== badge?.tooltip) {
      view.badge = badge;
    }
  };
  show(store.state);
  const pressed = new FocusedRow(view);
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

function badgeOf(problems: Findings, state: State): vscode.ViewBadge | undefined {
  const findings = shownAccounts(state).flatMap(({ account, servers }) =>
    [...servers.keys()].flatMap((serverId) => problems.of({ accountId: account.id, serverId })),
  );
  const { errors, warnings } = countFindings(findings);
  return errors === 0 ? undefined : { value: errors, tooltip: errorsAndWarnings(errors, warnings) };
}

/**
 * What is to be known of the data on screen. Nothing for an empty tree: a message would hide the
 * welcome that says the same.
 */
function messageOf(screen: TreeContext): string {
  const accounts = shownAccounts(screen.state);
  if (accounts.every(({ servers }) => servers.size === 0)) {
    return "";
  }
  const states = accounts.map((account) => {
    const words = statesInWords(account).join(" ");
    return accounts.length === 1 || words === "" ? words : about(account.account.name, words);
  });
  return [...states, filterInWords(screen)].filter(Boolean).join(" ");
}

function statesInWords({ access, load, servers }: AccountState): readonly string[] {
  const since = load.kind !== "loaded" && servers.size > 0 ? load.lastGood : undefined;
  return [
    ...(access.refused
      ? [vscode.l10n.t("Cloudflare no longer accepts this sign-in, so what you see may be old.")]
      : []),
    ...(load.kind === "failed" && !access.refused
      ? [
          isOffline(load.error)
            ? vscode.l10n.t("Cloudflare can't be reached.")
            : vscode.l10n.t("Couldn't refresh."),
        ]
      : []),
    ...(since === undefined
      ? []
      : [vscode.l10n.t("Showing the servers as of {0}.", timeInWords(since))]),
    ...(since !== undefined && load.kind === "loading" ? [vscode.l10n.t("Refreshing…")] : []),
    ...(access.readOnly && !access.refused
      ? [vscode.l10n.t("Read-only: the credential lacks the permission MCP Portals Write.")]
      : []),
  ];
}
