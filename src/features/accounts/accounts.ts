import { join } from "node:path";
import * as vscode from "vscode";
import { SerialQueue } from "../../base/async.ts";
import type { Account, AccountId, Credential } from "../../domain/account.ts";
import {
  type CloudflareClient,
  type Connect,
  type Connection,
  wrapClient,
} from "../../domain/cloudflareClient.ts";
import { reasonOf } from "../../domain/diagnosis/apiErrors.ts";
import { notifyError, notifyInformation, notifyWarning } from "../../editor/notifications.ts";
import { onDidChangeSettings } from "../../editor/settings.ts";
import type { Reporter } from "../errors.ts";
import { watchApiRoot } from "./apiRootChange.ts";
import {
  type CredentialLookup,
  CredentialStore,
  SecretsStore,
  type SignedIn,
  SignInRegistry,
  type StoredAccount,
  watchOtherWindows,
} from "./credentialStore.ts";
import { Demo, DemoAccount } from "./demo.ts";

/** Who is signed in. Whoever shows accounts learns of them by the events. */
export class Accounts {
  readonly #credentialStore: CredentialStore;
  readonly #connect: Connect;
  readonly #demo: Demo;
  readonly #demoAccount: DemoAccount;
  readonly #reporter: Reporter;
  readonly #open = new OpenAccounts();
  readonly #restored = Promise.withResolvers<void>();
  /** Each step stands on what the one before has left. */
  readonly #turns = new SerialQueue();

  /** Fires again for an account that is open when its credential was replaced. */
  readonly onDidOpen = this.#open.onDidOpen;
  /** Fires for a sign-out, in whichever window; not when this window ends. */
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

  /** The accounts that have a credential of their own: not the demo. */
  get stored(): readonly StoredAccount[] {
    return this.#open.stored;
  }

  /** Opens the accounts of the last window. What can't be read is told, and hides nothing else. */
  async restore(): Promise<void> {
    try {
      const ids = await this.#credentialStore.ids();
      const opened = await Promise.allSettled(ids.map((id) => this.look(id, "first")));
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
   * Keeps a checked credential and opens its account, or lets it go on with this credential.
   * @param connection one that was opened with the credential, and is closed here when it isn't kept
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

  /** The demo's id; undefined when it couldn't be opened, which is told. */
  openDemo(): Promise<AccountId | undefined> {
    return this.#demoAccount.open();
  }

  /** Removes every trace of the account from this machine. */
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

  /** Kept with the account until its credential changes. */
  keepReadOnly(id: AccountId): void {
    this.#reporter.inBackground(
      vscode.l10n.t("That the account is read-only couldn't be kept for the next window."),
      this.#turns.run(async () => {
        const stored = this.#open.storedOf(id);
        if (stored !== undefined) {
          await this.#credentialStore.keepReadOnly(id, stored.generation);
        }
      }),
    );
  }

  /**
   * Makes this window agree with what is kept of the account: another window may have changed it.
   * @param when "first" while the window starts, when its copy of the secrets is fresh
   */
  look(id: AccountId, when: "first" | "later" = "later"): Promise<void> {
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

  /** Goes on over a new connection, as when the network's settings have changed. */
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
    const client = withCurrentCredential(
      connection.client(account.id),
      this.#credentialStore,
      stored,
      () => this.look(account.id),
    );
    this.#open.open({ account, api: client, readOnly }, connection, stored);
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
    // The newer one is lost for good: another tab has written its older copy over it.
    await this.#credentialStore.forget(id);
    tellOfBroken();
  }
}

interface OpenedAccount {
  readonly account: Account;
  readonly api: CloudflareClient;
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
    for (const { connection } of this.#open.values()) {
      void connection.close();
    }
    this.#opened.dispose();
    this.#closed.dispose();
  }
}

/**
 * Asks before each request whether the credential is still the account's: another window may have
 * signed out a moment ago, and its event may be late or never come.
 */
function withCurrentCredential(
  api: CloudflareClient,
  credentialStore: CredentialStore,
  { account, generation }: StoredAccount,
  outdated: () => Promise<void>,
): CloudflareClient {
  return wrapClient(async (call) => {
    if (await credentialStore.isCurrent(account.id, generation)) {
      return call(api);
    }
    outdated().catch(() => undefined);
    throw new DOMException("The account was signed out", "AbortError");
  });
}

/** An entry of the secret storage was no sign-in of ours, or an outdated one. */
function tellOfBroken(): void {
  void notifyWarning(
    vscode.l10n.t("A saved sign-in couldn't be read and was removed. Please sign in again."),
  );
}

/** The keyring may be locked or missing. Nothing is removed: it may open the next time. */
function tellOfUnreadable(error: unknown): void {
  void notifyError(
    vscode.l10n.t(
      "The saved sign-ins couldn't be read from the secret storage. {0}",
      reasonOf(error),
    ),
  );
}

/** This window can't see what another one has stored until it is loaded anew. */
function tellOfNewer(): void {
  const reload = vscode.l10n.t("Reload Window");
  void notifyInformation(
    vscode.l10n.t("An account was signed in to anew in another window. Reload to go on with it."),
    reload,
  ).then((chosen) => {
    if (chosen !== reload) {
      return;
    }
    void vscode.commands.executeCommand("workbench.action.reloadWindow");
  });
}

/**
 * The accounts with everything that keeps them, in step with the other windows.
 * @param isCutOff an account that the network keeps from being fetched: others have a connection
 *   that works, over which something may be under way
 */
export function createAccounts(
  context: vscode.ExtensionContext,
  connect: Connect,
  reporter: Reporter,
  isCutOff: (id: AccountId) => boolean,
): Accounts {
  const register = new SignInRegistry(join(context.globalStorageUri.fsPath, "signIns"));
  const credentialStore = new CredentialStore(new SecretsStore(context.secrets), register);
  const accounts = new Accounts(context, credentialStore, connect, reporter);
  context.subscriptions.push(
    accounts,
    watchOtherWindows(context.secrets, register, (id) => {
      // A look that fails is made up for by the next request, which looks too.
      accounts.look(id).catch(() => undefined);
    }),
    watchApiRoot(accounts, context.globalState, reporter),
    onDidChangeSettings("network", () => {
      const what = vscode.l10n.t("The changed network settings aren't in use yet.");
      for (const { account } of accounts.stored) {
        if (isCutOff(account.id)) {
          reporter.inBackground(what, accounts.reconnect(account.id));
        }
      }
    }),
  );
  return accounts;
}
