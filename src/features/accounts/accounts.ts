import { join } from "node:path";
import * as vscode from "vscode";
import { SerialQueue } from "../../base/async.ts";
import type { Account, AccountId, Credential } from "../../domain/account.ts";
import type { Connect, Connection } from "../../domain/cloudflareClient.ts";
import { reasonOf } from "../../domain/diagnosis/apiErrors.ts";
import { notifyError, notifyInformation, notifyWarning } from "../../editor/notifications.ts";
import { onDidChangeSettings } from "../../editor/settings.ts";
import type { OpenedAccount } from "../../engine/session.ts";
import { hasFailedRefresh } from "../../engine/state.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import type { Reporter } from "../errors.ts";
import { watchApiRoot } from "./apiRootChange.ts";
import {
  type CredentialLookup,
  CredentialStore,
  SecretsStore,
  type SignedIn,
  type StoredAccount,
  watchOtherWindows,
} from "./credentialStore.ts";
import { Demo, DemoAccount } from "./demo.ts";
import { SignInRegistry } from "./signInRegistry.ts";

/** The accounts that are signed in. Views learn of changes from the events. */
export class Accounts {
  readonly #credentialStore: CredentialStore;
  readonly #connect: Connect;
  readonly #demo: Demo;
  readonly #demoAccount: DemoAccount;
  readonly #reporter: Reporter;
  readonly #open = new OpenAccounts();
  readonly #restored = Promise.withResolvers<void>();
  /** Runs one step at a time, because each step relies on the result of the one before. */
  readonly #turns = new SerialQueue();

  /** Also fires for an open account whose credential was replaced. */
  readonly onDidOpen = this.#open.onDidOpen;
  /** Fires for a sign-out in any window, but not when this window closes. */
  readonly onDidClose = this.#open.onDidClose;

  constructor(
    context: vscode.ExtensionContext,
    credentialStore: CredentialStore,
    connect: Connect,
    reporter: Reporter,
  ) {
    this.#credentialStore = credentialStore;
    this.#connect = connect;
    this.#reporter = reporter;
    this.#demo = new Demo(context, connect);
    this.#demoAccount = new DemoAccount(this.#demo, this.#open, this.#turns, reporter);
  }

  /** Resolves when the accounts of the last window are open. */
  get restored(): Promise<void> {
    return this.#restored.promise;
  }

  /** Accounts with a stored credential, so without the demo. */
  get stored(): readonly StoredAccount[] {
    return this.#open.stored;
  }

  /**
   * Opens the accounts of the last window. An account that can't be read is reported and doesn't
   * stop the others.
   */
  async restore(): Promise<void> {
    try {
      const ids = await this.#credentialStore.ids();
      const opened = await Promise.allSettled(ids.map((id) => this.syncWithStorage(id, "first")));
      for (const result of opened) {
        if (result.status === "rejected") {
          throw result.reason;
        }
      }
    } catch (error) {
      tellOfUnreadable(error);
    }
    this.#restored.resolve();
    if (this.#demo.wanted) {
      await this.openDemo();
    }
  }

  /**
   * Stores a checked credential and opens its account. An open account continues with this
   * credential.
   * @param connection a connection with the credential; it is closed when it isn't used
   */
  add(
    account: Account,
    apiRoot: string,
    credential: Credential,
    connection?: Connection,
  ): Promise<void> {
    return this.#turns.run(async () => {
      try {
        const signedIn = await this.#credentialStore.signIn(account, apiRoot, credential);
        this.#openStored(signedIn, connection);
      } catch (error) {
        await connection?.close();
        throw error;
      }
    });
  }

  /**
   * Resolves with the demo's id, or with undefined after it reported that it couldn't be opened.
   */
  openDemo(): Promise<AccountId | undefined> {
    return this.#demoAccount.open();
  }

  /** Removes everything that this machine stores of the account. */
  remove(id: AccountId): Promise<void> {
    return this.#turns.run(async () => {
      await this.#open.close(id);
      if (this.#demo.is(id)) {
        await this.#demo.forget();
      } else {
        await this.#credentialStore.signOut(id);
      }
    });
  }

  /** Stored until the account's credential changes. */
  keepReadOnly(id: AccountId): void {
    this.#reporter.inBackground(
      vscode.l10n.t("It couldn't be stored that the account is read-only."),
      this.#turns.run(async () => {
        const stored = this.#open.storedOf(id);
        if (stored !== undefined) {
          await this.#credentialStore.keepReadOnly(id, stored.generation);
        }
      }),
    );
  }

  /**
   * Brings this window up to date with what is stored of the account, because another window may
   * have changed it.
   * @param when "first" while the window starts, when its copy of the secrets is fresh
   */
  syncWithStorage(id: AccountId, when: "first" | "later" = "later"): Promise<void> {
    return this.#turns.run(async () => {
      const found = await this.#credentialStore.find(id);
      if (found.kind === "signedIn") {
        const known = this.#open.storedOf(id)?.generation;
        if (known !== found.stored.generation) {
          this.#openStored(found);
        }
        return;
      }
      if (this.#open.storedOf(id) !== undefined) {
        await this.#open.close(id);
      }
      await this.#tell(found, id, when);
    });
  }

  /** Opens a new connection, for example after the network settings changed. */
  reconnect(id: AccountId): Promise<void> {
    return this.#turns.run(async () => {
      const found = await this.#credentialStore.find(id);
      if (found.kind === "signedIn") {
        this.#openStored(found);
      }
    });
  }

  dispose(): void {
    this.#open.dispose();
    this.#demo.dispose();
  }

  #openStored({ stored, readOnly }: SignedIn, opened?: Connection): void {
    const { account, apiRoot, credential } = stored;
    const connection = opened ?? this.#connect({ apiRoot, credential });
    const api = connection.client(account.id);
    const isCurrent = () => this.#isCurrent(stored);
    this.#open.open({ account, api, isCurrent, readOnly }, connection, stored);
  }

  async #isCurrent({ account: { id }, generation }: StoredAccount): Promise<boolean> {
    const isCurrent = await this.#credentialStore.isCurrent(id, generation);
    if (!isCurrent) {
      this.syncWithStorage(id).catch(() => undefined);
    }
    return isCurrent;
  }

  async #tell({ kind }: CredentialLookup, id: AccountId, when: "first" | "later"): Promise<void> {
    if (kind === "broken") {
      tellOfBroken();
    }
    if (kind !== "newerElsewhere") {
      return;
    }
    if (when === "later") {
      return tellOfNewer();
    }
    // The newer credential is lost: another tab wrote its older copy over it.
    await this.#credentialStore.forget(id);
    tellOfBroken();
  }
}

interface Open {
  readonly connection: Connection;
  /** Undefined for the demo, which isn't stored. */
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

  /** Opens an account. An open one continues with the new connection. */
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
    for (const { connection } of this.#open.values()) {
      void connection.close();
    }
    this.#opened.dispose();
    this.#closed.dispose();
  }
}

/** Used for an entry of the secret storage that isn't a sign-in, or an outdated one. */
function tellOfBroken(): void {
  void notifyWarning(
    vscode.l10n.t("A saved sign-in couldn't be read and was removed. Please sign in again."),
  );
}

/** The keyring may be locked or missing. Nothing is removed, because it may open the next time. */
function tellOfUnreadable(error: unknown): void {
  void notifyError(
    vscode.l10n.t(
      "The saved sign-ins couldn't be read from the secret storage. {0}",
      reasonOf(error),
    ),
  );
}

/** This window doesn't see the secrets that another window stored until it is reloaded. */
function tellOfNewer(): void {
  const reload = vscode.l10n.t("Reload Window");
  void notifyInformation(
    vscode.l10n.t(
      "An account was signed in to again in another window. Reload this window to use the new sign-in.",
    ),
    reload,
  ).then((chosen) => {
    if (chosen !== reload) {
      return;
    }
    void vscode.commands.executeCommand("workbench.action.reloadWindow");
  });
}

/**
 * Creates the accounts, kept in step with other windows. Other network settings may mend a refresh
 * that failed, whatever the failure was: a proxy may have answered in Cloudflare's place. The other
 * accounts have a working connection that may be in use.
 */
export function createAccounts(
  context: vscode.ExtensionContext,
  connect: Connect,
  reporter: Reporter,
  store: ReadonlyStore,
): Accounts {
  const register = new SignInRegistry(join(context.globalStorageUri.fsPath, "signIns"));
  const credentialStore = new CredentialStore(new SecretsStore(context.secrets), register);
  const accounts = new Accounts(context, credentialStore, connect, reporter);
  context.subscriptions.push(
    accounts,
    watchOtherWindows(context.secrets, register, (id) => {
      // A failed look does no harm, because the next request checks again.
      accounts.syncWithStorage(id).catch(() => undefined);
    }),
    watchApiRoot(accounts, context.globalState, reporter),
    onDidChangeSettings("network", () => {
      const what = vscode.l10n.t("The changed network settings aren't in use yet.");
      for (const { account } of accounts.stored) {
        if (hasFailedRefresh(store.state, account.id)) {
          reporter.inBackground(what, accounts.reconnect(account.id));
        }
      }
    }),
  );
  return accounts;
}
