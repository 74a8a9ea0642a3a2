import { rm } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import type { SerialQueue } from "../../base/async.ts";
import type { Account, AccountId } from "../../domain/account.ts";
import type { Connect, Connection } from "../../domain/cloudflareClient.ts";
import { withStorageWords } from "../../engine/files/storageError.ts";
import { COMMANDS } from "../../manifest.ts";
import type { Reporter } from "../errors.ts";
import type { OpenAccounts } from "./accounts.ts";
import type { DemoProcess } from "./demoProcess.ts";

const FLAG = "mcpPortals.demo";

/**
 * The demo account, served by an emulator of Cloudflare's API on this machine. The workspace
 * remembers that it was open. Its state is a file; its credential isn't stored.
 */
export class Demo {
  readonly #context: vscode.ExtensionContext;
  readonly #connect: Connect;
  #process: DemoProcess | undefined;
  #accountId: AccountId | undefined;

  constructor(context: vscode.ExtensionContext, connect: Connect) {
    this.#context = context;
    this.#connect = connect;
  }

  /** True when this workspace had the demo open before. */
  get wanted(): boolean {
    return this.#context.workspaceState.get<boolean>(FLAG) ?? false;
  }

  /** The account's id while the emulator runs. */
  get running(): AccountId | undefined {
    return this.#process?.isRunning === true ? this.#accountId : undefined;
  }

  is(id: AccountId): boolean {
    return id === this.#accountId;
  }

  async open(): Promise<{ readonly account: Account; readonly connection: Connection }> {
    await this.#process?.stop();
    const program = vscode.Uri.joinPath(this.#context.extensionUri, "dist", "emulator.js").fsPath;
    const file = this.#stateFile();
    const { DemoProcess } = await import("./demoProcess.ts");
    const started = new DemoProcess(program, file);
    this.#process = started;
    const { url, accountId, token } = await withStorageWords(
      () => started.address,
      (reason) => vscode.l10n.t("What is done in it can't be kept in {0}: {1}.", file, reason),
    );
    const connection = this.#connect({ apiRoot: url, credential: { kind: "token", token } });
    const account = { id: accountId, name: vscode.l10n.t("Demo account") };
    this.#accountId = accountId;
    await this.#context.workspaceState.update(FLAG, true);
    return { account, connection };
  }

  /** Stops the emulator and removes its state. */
  async forget(): Promise<void> {
    this.#accountId = undefined;
    await this.#context.workspaceState.update(FLAG, undefined);
    await this.#process?.stop();
    this.#process = undefined;
    const file = this.#stateFile();
    await withStorageWords(
      () => rm(file, { force: true }),
      (reason) =>
        vscode.l10n.t("What was done in the demo account is still in {0}: {1}.", file, reason),
    );
  }

  dispose(): void {
    void this.#process?.stop();
  }

  #stateFile(): string {
    const folder = this.#context.storageUri ?? this.#context.globalStorageUri;
    return join(folder.fsPath, "demo.json");
  }
}

/** Opens the demo as an account of this window. Concurrent requests share one attempt. */
export class DemoAccount {
  readonly #demo: Demo;
  readonly #open: OpenAccounts;
  readonly #turns: SerialQueue;
  readonly #reporter: Reporter;
  #opening: Promise<AccountId | undefined> | undefined;

  constructor(demo: Demo, open: OpenAccounts, turns: SerialQueue, reporter: Reporter) {
    this.#demo = demo;
    this.#open = open;
    this.#turns = turns;
    this.#reporter = reporter;
  }

  /** Resolves with its id, or with undefined after it reported that it couldn't be opened. */
  open(): Promise<AccountId | undefined> {
    this.#opening ??= this.#turns
      .run(() => this.#start())
      .finally(() => {
        this.#opening = undefined;
      });
    return this.#opening;
  }

  async #start(): Promise<AccountId | undefined> {
    if (this.#demo.running !== undefined) {
      return this.#demo.running;
    }
    try {
      const { account, connection } = await this.#demo.open();
      const client = connection.client(account.id);
      this.#open.open({ account, api: client, readOnly: false }, connection);
      return account.id;
    } catch (error) {
      const what = vscode.l10n.t("The demo account couldn't be opened.");
      void this.#reporter.reportFailure(what, error, () =>
        // Runs the command, which also shows the demo in place of another chosen account.
        vscode.commands.executeCommand(COMMANDS.openDemo),
      );
      return undefined;
    }
  }
}
