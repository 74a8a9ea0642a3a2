import * as vscode from "vscode";
import type { Account, AccountId } from "../model/client/account.ts";
import type { Client, Connection } from "../model/client/client.ts";
import type { StoredAccount } from "./vault.ts";

export interface OpenedAccount {
  readonly account: Account;
  readonly client: Client;
  /** Learned of this credential in an earlier window. */
  readonly readOnly: boolean;
}

interface Open {
  readonly connection: Connection;
  /** Undefined for the demo, which is kept nowhere. */
  readonly stored: StoredAccount | undefined;
}

/** The accounts of this window, each with its connection. */
export class OpenAccounts {
  readonly #open = new Map<AccountId, Open>();
  readonly #opened = new vscode.EventEmitter<OpenedAccount>();
  readonly #closed = new vscode.EventEmitter<AccountId>();

  readonly onDidOpen = this.#opened.event;
  readonly onDidClose = this.#closed.event;

  get stored(): readonly StoredAccount[] {
    return [...this.#open.values()].flatMap(({ stored }) => stored ?? []);
  }

  storedOf(id: AccountId): StoredAccount | undefined {
    return this.#open.get(id)?.stored;
  }

  /** Opens an account, or lets it go on with another connection. */
  open(opened: OpenedAccount, connection: Connection, stored?: StoredAccount): void {
    const { id } = opened.account;
    const before = this.#open.get(id);
    this.#open.set(id, { connection, stored });
    this.#opened.fire(opened);
    void before?.connection.close();
  }

  async close(id: AccountId): Promise<void> {
    const open = this.#open.get(id);
    this.#open.delete(id);
    this.#closed.fire(id);
    await open?.connection.close();
  }

  dispose(): void {
    for (const { connection } of this.#open.values()) void connection.close();
    this.#opened.dispose();
    this.#closed.dispose();
  }
}
