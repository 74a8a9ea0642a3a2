import { type ChildProcess, fork } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import * as vscode from "vscode";
import type { SerialQueue } from "../../base/async.ts";
import type { Account, AccountId } from "../../domain/account.ts";
import type { Connect, Connection } from "../../domain/cloudflareClient.ts";
import { COMMANDS } from "../../manifest.ts";
import type { Reporter } from "../errors.ts";
import type { OpenAccounts } from "./accounts.ts";

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
    const folder = this.#folder();
    await vscode.workspace.fs.createDirectory(folder);
    await this.#process?.stop();
    const program = vscode.Uri.joinPath(this.#context.extensionUri, "dist", "emulator.js").fsPath;
    this.#process = new DemoProcess(program, this.#stateFile());
    const { url, accountId, token } = await this.#process.address;
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
    await rm(this.#stateFile(), { force: true });
  }

  dispose(): void {
    void this.#process?.stop();
  }

  #folder(): vscode.Uri {
    return this.#context.storageUri ?? this.#context.globalStorageUri;
  }

  #stateFile(): string {
    return join(this.#folder().fsPath, "demo.json");
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
      void this.#reporter.failed(what, error, () =>
        // Runs the command, which also shows the demo in place of another chosen account.
        vscode.commands.executeCommand(COMMANDS.openDemo),
      );
      return undefined;
    }
  }
}

/** The emulator's address and credential. */
interface DemoAddress {
  readonly url: string;
  readonly accountId: string;
  readonly token: string;
}

/** The emulator as a child process, which ends with this process. */
class DemoProcess {
  readonly #child: ChildProcess;
  readonly address: Promise<DemoAddress>;

  /**
   * @param program the emulator's bundle
   * @param stateFile the file in which it keeps its state
   */
  constructor(program: string, stateFile: string) {
    this.#child = fork(program, ["--port", "0", "--state", stateFile], {
      // The environment of the extension host may hold credentials, and its arguments a debugger's
      // port.
      env: { ELECTRON_RUN_AS_NODE: "1", PATH: process.env["PATH"] ?? "" },
      execArgv: [],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    this.address = listening(this.#child);
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  stop(): Promise<void> {
    if (!this.isRunning) {
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      this.#child.once("exit", () => resolve());
      this.#child.kill();
    });
  }
}

function listening(child: ChildProcess): Promise<DemoAddress> {
  let complaint = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(-2000);
  });
  return new Promise((resolve, reject) => {
    child.once("message", (message) => {
      if (isAddress(message)) {
        resolve(message);
      } else {
        reject(
          new Error(vscode.l10n.t("The program behind the demo didn't say where it listens.")),
        );
      }
    });
    child.once("error", reject);
    child.once("exit", (code) =>
      reject(
        new Error(
          vscode.l10n.t("The program behind the demo ended: {0}", complaint.trim() || String(code)),
        ),
      ),
    );
  });
}

function isAddress(value: unknown): value is DemoAddress {
  return (
    typeof value === "object" &&
    value !== null &&
    "url" in value &&
    typeof value.url === "string" &&
    "accountId" in value &&
    typeof value.accountId === "string" &&
    "token" in value &&
    typeof value.token === "string"
  );
}
