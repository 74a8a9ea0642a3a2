import type * as vscode from "vscode";
import type { AccountId } from "../../domain/account.ts";

const KEY = "mcpPortals.shownAccount";

/** The choice of Switch Account…, kept across restarts. */
export class ShownAccount {
  readonly #show: (id: AccountId | "all") => void;
  readonly #memento: vscode.Memento;

  constructor(show: (id: AccountId | "all") => void, memento: vscode.Memento) {
    this.#show = show;
    this.#memento = memento;
    show(this.#kept);
  }

  show(id: AccountId | "all"): void {
    this.#show(id);
    void this.#memento.update(KEY, id === "all" ? undefined : id);
  }

  /** Shows a new account in place of another one that was chosen. */
  added(id: AccountId): void {
    if (this.#kept !== "all") {
      this.show(id);
    }
  }

  /** Resets the choice when its account is signed out. */
  removed(id: AccountId): void {
    if (this.#kept === id) {
      this.show("all");
    }
  }

  get #kept(): AccountId | "all" {
    const kept = this.#memento.get<unknown>(KEY);
    return typeof kept === "string" ? kept : "all";
  }
}
