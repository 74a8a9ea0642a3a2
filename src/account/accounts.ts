import * as vscode from "vscode";
import type { Account, AccountId } from "../model/account.ts";
import type { Client, Connect, Connection } from "../model/client.ts";
import type { Reporter } from "../ui/report.ts";
import { Demo } from "./demo.ts";
import type { StoredAccount, Vault } from "./vault.ts";

export interface OpenedAccount {
  readonly account: Account;
  readonly client: Client;
}

/** Who is signed in. Whoever shows accounts learns of them by the events. */
export class Accounts {
  readonly #vault: Vault;
  readonly #connect: Connect;
  readonly #demo: Demo;
  readonly #reporter: Reporter;
  readonly #connections = new Map<AccountId, Connection>();
  readonly #opened = new vscode.EventEmitter<OpenedAccount>();
  readonly #closed = new vscode.EventEmitter<AccountId>();

  readonly onDidOpen = this.#opened.event;
  readonly onDidClose = this.#closed.event;

  constructor(
    context: vscode.ExtensionContext,
    vault: Vault,
    connect: Connect,
    reporter: Reporter,
  ) {
    this.#vault = vault;
    this.#connect = connect;
    this.#reporter = reporter;
    this.#demo = new Demo(context, connect);
  }

  /** Opens the accounts of the last window. */
  async restore(): Promise<void> {
    const { accounts, broken } = await this.#vault.load();
    for (const stored of accounts) this.#openStored(stored);
    if (broken > 0) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t("A saved sign-in couldn't be read and was removed. Please sign in again."),
      );
    }
    if (this.#demo.wanted) await this.openDemo();
  }

  /** Keeps a checked credential and opens its account. */
  async add(stored: StoredAccount): Promise<void> {
    await this.#vault.save(stored);
    this.#openStored(stored);
  }

  async openDemo(): Promise<void> {
    try {
      const { account, connection } = await this.#demo.open();
      this.#open(account, connection);
    } catch (error) {
      void this.#reporter.failed(vscode.l10n.t("The demo account couldn't be opened."), error);
    }
  }

  /** Removes every trace of the account from this machine. */
  async remove(id: AccountId): Promise<void> {
    this.#closed.fire(id);
    const connection = this.#connections.get(id);
    this.#connections.delete(id);
    await connection?.close();
    if (this.#demo.is(id)) await this.#demo.forget();
    else await this.#vault.remove(id);
  }

  dispose(): void {
    for (const connection of this.#connections.values()) void connection.close();
    this.#demo.dispose();
    this.#opened.dispose();
    this.#closed.dispose();
  }

  #openStored({ account, apiRoot, credential }: StoredAccount): void {
    this.#open(account, this.#connect({ apiRoot, credential }));
  }

  #open(account: Account, connection: Connection): void {
    void this.#connections.get(account.id)?.close();
    this.#connections.set(account.id, connection);
    this.#opened.fire({ account, client: connection.client(account.id) });
  }
}
