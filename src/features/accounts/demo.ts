import { type ChildProcess, fork } from "node:child_process";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import * as vscode from "vscode";
import type { SerialQueue } from "../../base/async.ts";
import type { Account, AccountId } from "../../domain/account.ts";
import type { Connect, Connection } from "../../domain/cloudflareClient.ts";
import { isSystemCode, withStorageWords } from "../../engine/files/storageError.ts";
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
    await this.#process?.stop();
    const program = vscode.Uri.joinPath(this.#context.extensionUri, "dist", "emulator.js").fsPath;
    const file = this.#stateFile();
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
    this.address = listening(this.#child, stateFile);
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

/** Rejects with an error that has the system's code where the state file can't be used. */
function listening(child: ChildProcess, stateFile: string): Promise<DemoAddress> {
  let complaint = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(-2000);
  });
  return new Promise((resolve, reject) => {
    let failed: string | undefined;
    child.once("message", (message) => {
      if (isAddress(message)) {
        resolve(message);
        return;
      }
      // Its complaint comes on another way, and is complete when it has ended.
      failed = failureCode(message);
    });
    child.once("error", (cause) =>
      reject(new Error(vscode.l10n.t("The program behind it couldn't be started."), { cause })),
    );
    child.once("close", (code) => {
      const cause = new Error(complaint.trim());
      reject(
        failed === undefined || !isSystemCode(failed)
          ? new Error(endInWords(failed, code, stateFile), { cause })
          : Object.assign(cause, { code: failed }),
      );
    });
  });
}

function endInWords(failed: string | undefined, exitCode: number | null, file: string): string {
  switch (failed) {
    case "IN_USE":
      return vscode.l10n.t("It is open in another window. Close it there first.");
    case "NOT_STATE":
      return vscode.l10n.t(
        "{0} isn't what the demo account keeps there. Remove the file, and it begins anew.",
        file,
      );
    default:
      return vscode.l10n.t("The program behind it ended ({0}).", String(exitCode));
  }
}

function failureCode(message: unknown): string | undefined {
  return typeof message === "object" &&
    message !== null &&
    "failed" in message &&
    typeof message.failed === "string"
    ? message.failed
    : undefined;
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
