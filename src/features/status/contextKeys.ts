import * as vscode from "vscode";
import { type AccountState, type State, shownAccounts } from "../../engine/state.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import { CONTEXT_KEYS } from "../../manifest.ts";

/** Keeps the context keys that the manifest's `when` clauses read; each is set only on change. */
export function trackContextKeys(store: ReadonlyStore): vscode.Disposable {
  const last = new Map<string, unknown>();
  const set = (key: string, value: unknown): void => {
    if (last.get(key) === value) {
      return;
    }
    last.set(key, value);
    void vscode.commands.executeCommand("setContext", key, value);
  };
  const track = (state: State): void => {
    set(CONTEXT_KEYS.phase, phaseOf(state, shownAccounts(state)));
    set(CONTEXT_KEYS.readOnly, areReadOnly(shownAccounts(state)));
    set(CONTEXT_KEYS.filtered, state.filter.size > 0);
    set(CONTEXT_KEYS.trouble, troubleOf(state));
    set(
      CONTEXT_KEYS.syncing,
      [...state.accounts.values()].some(({ syncs }) => syncs.run),
    );
  };
  track(store.state);
  return store.onDidChange(track);
}

/** True while nothing in these accounts can be changed. */
export function areReadOnly(accounts: readonly AccountState[]): boolean {
  return accounts.length > 0 && accounts.every(({ access }) => access.readOnly);
}

/** Signing in comes before trying again, which it does by itself. */
function troubleOf(state: State): "refused" | "failed" | "" {
  const accounts = shownAccounts(state);
  if (accounts.some(({ access }) => access.refused)) {
    return "refused";
  }
  return accounts.some(({ collections }) => collections.server.load.kind === "failed")
    ? "failed"
    : "";
}

export type Phase = "signedOut" | "loading" | "empty" | "refused" | "failed" | "ready";

export function phaseOf(
  { restored }: Pick<State, "restored">,
  accounts: readonly AccountState[],
): Phase {
  if (accounts.length === 0) {
    return restored ? "signedOut" : "loading";
  }
  if (accounts.some(({ collections }) => collections.server.items.size > 0)) {
    return "ready";
  }
  if (accounts.some(({ collections }) => collections.server.load.kind === "loading")) {
    return "loading";
  }
  if (accounts.some(({ access }) => access.refused)) {
    return "refused";
  }
  return accounts.some(({ collections }) => collections.server.load.kind === "failed")
    ? "failed"
    : "empty";
}
