import * as vscode from "vscode";
import { about, listed } from "../../base/text.ts";
import { isOffline } from "../../domain/apiError.ts";
import { checkHealth } from "../../domain/checks/health.ts";
import { reasonOf } from "../../domain/diagnosis/apiErrors.ts";
import { timeInWords } from "../../domain/servers/words.ts";
import { type AccountState, progressOf, type State, shownAccounts } from "../../engine/state.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import { COMMANDS, STATUS_BAR_ITEM } from "../../manifest.ts";

interface Status {
  readonly text: string;
  readonly tooltip: string;
}

/** One item on the left, shown while somebody is signed in. */
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
    if (item.text !== status.text) {
      item.text = status.text;
    }
    if (item.tooltip !== status.tooltip) {
      item.tooltip = status.tooltip;
    }
    const label = about(name, status.tooltip);
    if (item.accessibilityInformation?.label !== label) {
      item.accessibilityInformation = { label, role: "button" };
    }
    item.show();
  };
  show(store.state);
  return { item, disposables: [item, store.onDidChange(show)] };
}

export function statusOf(state: State): Status | undefined {
  const accounts = shownAccounts(state);
  if (accounts.length === 0) {
    return undefined;
  }
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

/** Shown only where all accounts failed. Otherwise the data of the others matters more. */
function failedStatus(accounts: readonly AccountState[]): Status | undefined {
  const failed = accounts.filter(({ collections }) => collections.server.load.kind === "failed");
  const [first] = failed;
  if (first === undefined || failed.length < accounts.length) {
    return undefined;
  }
  return {
    text: `$(cloud) ${failureInShort(first)}`,
    tooltip: failed.map((each) => failureInWords(each, failed.length > 1)).join("\n"),
  };
}

function failureInShort({ access, collections }: AccountState): string {
  const { load } = collections.server;
  if (access.refused) {
    return vscode.l10n.t("MCP sign-in refused");
  }
  return load.kind === "failed" && isOffline(load.error)
    ? vscode.l10n.t("MCP offline")
    : vscode.l10n.t("MCP refresh failed");
}

function failureInWords({ account, collections }: AccountState, isNamed: boolean): string {
  const { load } = collections.server;
  if (load.kind !== "failed") {
    return "";
  }
  const since =
    load.lastGood === undefined
      ? vscode.l10n.t("No servers could be fetched.")
      : vscode.l10n.t("Servers as of {0}.", timeInWords(load.lastGood, vscode.env.language));
  const words = `${reasonOf(load.error)} ${since}`;
  return isNamed ? about(account.name, words) : words;
}

function loadingStatus(accounts: readonly AccountState[]): Status | undefined {
  const waits = accounts.every(
    ({ collections: { server } }) => server.load.kind === "loading" && server.items.size === 0,
  );
  return waits
    ? {
        text: `$(cloud) ${vscode.l10n.t("MCP")}`,
        tooltip: vscode.l10n.t("Fetching servers from Cloudflare…"),
      }
    : undefined;
}

function idleStatus(accounts: readonly AccountState[]): Status {
  const servers = accounts.flatMap((account) => [...account.collections.server.items.values()]);
  const health = servers.flatMap(({ optimistic }) => checkHealth(optimistic));
  const failing = health.filter(({ severity }) => severity === "error").length;
  const ailing = health.filter(({ severity }) => severity === "warning").length;
  const words = healthInWords(failing, ailing);
  const counted =
    servers.length === 1
      ? vscode.l10n.t("1 MCP server")
      : vscode.l10n.t("{0} MCP servers", servers.length);
  const failed = accounts.filter(({ collections }) => collections.server.load.kind === "failed");
  const text =
    failing === 0
      ? vscode.l10n.t("MCP {0}", servers.length)
      : vscode.l10n.t("MCP {0}, {1} failing", servers.length, failing);
  return {
    text: `$(cloud) ${listed([text, ...notRefreshed(failed.length)])}`,
    tooltip: [
      words === "" ? counted : about(counted, words),
      ...failed.map((each) => failureInWords(each, true)),
    ].join("\n"),
  };
}

function notRefreshed(accounts: number): readonly string[] {
  if (accounts === 0) {
    return [];
  }
  return [
    accounts === 1
      ? vscode.l10n.t("1 account not refreshed")
      : vscode.l10n.t("{0} accounts not refreshed", accounts),
  ];
}

/**
 * Counts servers and not problems. The badge counts problems, including those that the checks find.
 */
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
  return listed(words);
}
