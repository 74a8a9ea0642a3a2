import * as vscode from "vscode";
import { type AccountState, type State, shownAccounts } from "../../engine/state.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import { CONTEXT_KEYS } from "../../manifest.ts";

/**
 * Sets the context keys that `when` clauses of the manifest read. Sets each only when it changes.
 */
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
    set(CONTEXT_KEYS.phase, phaseOf(state, shownAccounts(state), "server"));
    set(CONTEXT_KEYS.portalsPhase, phaseOf(state, shownAccounts(state), "portal"));
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

/** True when none of these accounts can be changed. */
export function areReadOnly(accounts: readonly AccountState[]): boolean {
  return accounts.length > 0 && accounts.every(({ access }) => access.readOnly);
}

/** A refused sign-in comes first, because signing in also tries again. */
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

/** What a view shows of the servers or the portals of these accounts. */
export function phaseOf(
  { restored }: Pick<State, "restored">,
  accounts: readonly AccountState[],
  kind: keyof AccountState["collections"],
): Phase {
  if (accounts.length === 0) {
    return restored ? "signedOut" : "loading";
  }
  const collections = accounts.map((account) => account.collections[kind]);
  if (collections.some(({ items }) => items.size > 0)) {
    return "ready";
  }
  if (collections.some(({ load }) => load.kind === "loading")) {
    return "loading";
  }
  if (accounts.some(({ access }) => access.refused)) {
    return "refused";
  }
  return collections.some(({ load }) => load.kind === "failed") ? "failed" : "empty";
}
