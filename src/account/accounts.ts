import * as vscode from "vscode";
import type { Account, AccountId, Credential } from "../model/client/account.ts";
import type { Connect } from "../model/client/client.ts";
import { InTurn } from "../model/inTurn.ts";
import type { Reporter } from "../ui/report.ts";
import { tellOfBroken, tellOfNewer, tellOfUnreadable } from "./accountWords.ts";
import { Demo } from "./demo.ts";
import { DemoAccount } from "./demoAccount.ts";
import { guardedClient } from "./guardedClient.ts";
import type { Found, Keeper, SignedIn } from "./keeper.ts";
import { OpenAccounts } from "./openAccounts.ts";
import type { StoredAccount } from "./vault.ts";

/** Who is signed in. Whoever shows accounts learns of them by the events. */
export class Accounts {
  readonly #keeper: Keeper;
  readonly #connect: Connect;
  readonly #demo: Demo;
  readonly #demoAccount: DemoAccount;
  readonly #reporter: Reporter;
  readonly #open = new OpenAccounts();
  readonly #restored = Promise.withResolvers<void>();
  /** Each step stands on what the one before has left. */
  readonly #turns = new InTurn();

  /** Fires again for an account that is open when its credential was replaced. */
  readonly onDidOpen = this.#open.onDidOpen;
  /** Fires for a sign-out, in whichever window; not when this window ends. */
  readonly onDidClose = this.#open.onDidClose;

  constructor(
    context: vscode.ExtensionContext,
    keeper: Keeper,
    connect: Connect,
    reporter: Reporter,
  ) {
    this.#keeper = keeper;
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
      const ids = await this.#keeper.ids();
      const opened = await Promise.allSettled(ids.map((id) => this.look(id, "first")));
      for (const result of opened) {
        if (result.status === "rejected") throw result.reason;
      }
    } catch (error) {
      tellOfUnreadable(error);
    }
    this.#restored.resolve();
    if (this.#demo.wanted) await this.openDemo();
  }

  /** Keeps a checked credential and opens its account, or lets it go on with this credential. */
  add(account: Account, apiRoot: string, credential: Credential): Promise<void> {
    return this.#turns.run(async () => {
      this.#openStored(await this.#keeper.signIn(account, apiRoot, credential));
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
      if (this.#demo.is(id)) await this.#demo.forget();
      else await this.#keeper.signOut(id);
    });
  }

  /** Kept with the account until its credential changes. */
  keepReadOnly(id: AccountId): void {
    this.#reporter.inBackground(
      vscode.l10n.t("That the account is read-only couldn't be kept for the next window."),
      this.#turns.run(async () => {
        const stored = this.#open.storedOf(id);
        if (stored !== undefined) await this.#keeper.keepReadOnly(id, stored.generation);
      }),
    );
  }

  /**
   * Makes this window agree with what is kept of the account: another window may have changed it.
   * @param when "first" while the window starts, when its copy of the secrets is fresh
   */
  look(id: AccountId, when: "first" | "later" = "later"): Promise<void> {
    return this.#turns.run(async () => {
      const found = await this.#keeper.find(id);
      if (found.kind === "signedIn") {
        const known = this.#open.storedOf(id)?.generation;
        if (known !== found.stored.generation) this.#openStored(found);
        return;
      }
      if (this.#open.storedOf(id) !== undefined) await this.#open.close(id);
      await this.#tell(found, id, when);
    });
  }

  /** Goes on over a new connection, as when the network's settings have changed. */
  reconnect(id: AccountId): Promise<void> {
    return this.#turns.run(async () => {
      const found = await this.#keeper.find(id);
      if (found.kind === "signedIn") this.#openStored(found);
    });
  }

  dispose(): void {
    this.#open.dispose();
    this.#demo.dispose();
  }

  #openStored({ stored, readOnly }: SignedIn): void {
    const { account, apiRoot, credential } = stored;
    const connection = this.#connect({ apiRoot, credential });
    const client = guardedClient(connection.client(account.id), this.#keeper, stored, () =>
      this.look(account.id),
    );
    this.#open.open({ account, client, readOnly }, connection, stored);
  }

  async #tell({ kind }: Found, id: AccountId, when: "first" | "later"): Promise<void> {
    if (kind === "broken") tellOfBroken();
    if (kind !== "newerElsewhere") return;
    if (when === "later") return tellOfNewer();
    // The newer one is lost for good: another tab has written its older copy over it.
    await this.#keeper.forget(id);
    tellOfBroken();
  }
}
