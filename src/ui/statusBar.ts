import * as vscode from "vscode";
import { COMMANDS, STATUS_BAR_ITEM } from "../contributions.ts";
import { checkHealth } from "../model/checks/health.ts";
import { isApiError } from "../model/failure.ts";
import { about } from "../model/sentence.ts";
import { type AccountState, progressOf, type State, shownAccounts } from "../store/state.ts";
import type { ReadonlyStore } from "../store/store.ts";
import { reasonOf } from "./report.ts";
import { timeInWords } from "./words.ts";

interface Status {
  readonly text: string;
  readonly tooltip: string;
}

/** One item on the left, there while somebody is signed in. */
export function createStatusBar(store: ReadonlyStore): {
  readonly item: vscode.StatusBarItem;
  readonly disposables: readonly vscode.Disposable[];
} {
  const item = vscode.window.createStatusBarItem(STATUS_BAR_ITEM, vscode.StatusBarAlignment.Left);
  const name = vscode.l10n.t("MCP Portals");
  item.name = name;
  item.command = COMMANDS.showStatusMenu;
  const show = (state: State): void => {
    const status = statusOf(state);
    if (status === undefined) {
      item.hide();
      return;
    }
    if (item.text !== status.text) item.text = status.text;
    if (item.tooltip !== status.tooltip) item.tooltip = status.tooltip;
    item.accessibilityInformation = { label: about(name, status.tooltip), role: "button" };
    item.show();
  };
  show(store.state);
  return { item, disposables: [item, store.onDidChange(show)] };
}

export function statusOf(state: State): Status | undefined {
  const accounts = shownAccounts(state);
  if (accounts.length === 0) return undefined;
  const run = progressOf(state);
  if (run !== undefined) {
    const counts = `${run.done}/${run.total}`;
    return {
      text: `$(sync~spin) ${vscode.l10n.t("MCP syncing {0}", counts)}`,
      tooltip: vscode.l10n.t("Syncing servers: {0} of {1} done", run.done, run.total),
    };
  }
  return failedStatus(accounts) ?? loadingStatus(accounts) ?? idleStatus(accounts);
}

function failedStatus(accounts: readonly AccountState[]): Status | undefined {
  const [load] = accounts.map((account) => account.load).filter(({ kind }) => kind === "failed");
  if (load?.kind !== "failed") return undefined;
  const since =
    load.lastGood === undefined
      ? vscode.l10n.t("No servers could be fetched.")
      : vscode.l10n.t("Servers as of {0}.", timeInWords(load.lastGood));
  return {
    text: `$(cloud) ${isOffline(load.error) ? vscode.l10n.t("MCP offline") : vscode.l10n.t("MCP refresh failed")}`,
    tooltip: `${reasonOf(load.error)} ${since}`,
  };
}

function loadingStatus(accounts: readonly AccountState[]): Status | undefined {
  const waits = accounts.every(
    ({ load, servers }) => load.kind === "loading" && servers.size === 0,
  );
  return waits
    ? {
        text: `$(cloud) ${vscode.l10n.t("MCP")}`,
        tooltip: vscode.l10n.t("Fetching servers from Cloudflare…"),
      }
    : undefined;
}

function isOffline(error: unknown): boolean {
  return isApiError(error) && error.kind === "offline";
}

function idleStatus(accounts: readonly AccountState[]): Status {
  const servers = accounts.flatMap((account) => [...account.servers.values()]);
  const health = servers.flatMap(({ server }) => checkHealth(server));
  const failing = health.filter(({ severity }) => severity === "error").length;
  const ailing = health.filter(({ severity }) => severity === "warning").length;
  const words = healthInWords(failing, ailing);
  const counted =
    servers.length === 1
      ? vscode.l10n.t("1 MCP server")
      : vscode.l10n.t("{0} MCP servers", servers.length);
  return {
    text:
      failing === 0
        ? `$(cloud) ${vscode.l10n.t("MCP {0}", servers.length)}`
        : `$(cloud) ${vscode.l10n.t("MCP {0}, {1} failing", servers.length, failing)}`,
    tooltip: words === "" ? counted : about(counted, words),
  };
}

/** Servers, and not problems: of those the badge tells, which counts what the checks find too. */
function healthInWords(failing: number, ailing: number): string {
  const words = [
    ...(failing === 0 ? [] : [vscode.l10n.t("{0} failing", failing)]),
    ...(ailing === 0
      ? []
      : [
          ailing === 1
            ? vscode.l10n.t("1 needs attention")
            : vscode.l10n.t("{0} need attention", ailing),
        ]),
  ];
  return words.join(", ");
}
