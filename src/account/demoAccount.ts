import * as vscode from "vscode";
import { COMMANDS } from "../contributions.ts";
import type { AccountId } from "../model/client/account.ts";
import type { InTurn } from "../model/inTurn.ts";
import type { Reporter } from "../ui/report.ts";
import type { Demo } from "./demo.ts";
import type { OpenAccounts } from "./openAccounts.ts";

/** Opens the demo as an account of this window, once however often it is asked for. */
export class DemoAccount {
  readonly #demo: Demo;
  readonly #open: OpenAccounts;
  readonly #turns: InTurn;
  readonly #reporter: Reporter;
  #opening: Promise<AccountId | undefined> | undefined;

  constructor(demo: Demo, open: OpenAccounts, turns: InTurn, reporter: Reporter) {
    this.#demo = demo;
    this.#open = open;
    this.#turns = turns;
    this.#reporter = reporter;
  }

  /** Its id; undefined when it couldn't be opened, which is told. */
  open(): Promise<AccountId | undefined> {
    this.#opening ??= this.#turns
      .run(() => this.#start())
      .finally(() => {
        this.#opening = undefined;
      });
    return this.#opening;
  }

  async #start(): Promise<AccountId | undefined> {
    if (this.#demo.running !== undefined) return this.#demo.running;
    try {
      const { account, connection } = await this.#demo.open();
      const client = connection.client(account.id);
      this.#open.open({ account, client, readOnly: false }, connection);
      return account.id;
    } catch (error) {
      const what = vscode.l10n.t("The demo account couldn't be opened.");
      void this.#reporter.failed(what, error, () =>
        // Whose demo opens late wants to see it, whichever account is chosen.
        vscode.commands.executeCommand(COMMANDS.openDemo),
      );
      return undefined;
    }
  }
}
