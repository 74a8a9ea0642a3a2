import { type ChildProcess, fork } from "node:child_process";
import process from "node:process";
import * as vscode from "vscode";

/** Where the emulator listens, and what it wants to be asked with. */
export interface DemoAddress {
  readonly url: string;
  readonly accountId: string;
  readonly token: string;
}

/** The emulator as a child of this process. It ends with it. */
export class DemoProcess {
  readonly #child: ChildProcess;
  readonly address: Promise<DemoAddress>;

  /** `program` is the emulator's bundle; its state is kept in `stateFile`. */
  constructor(program: string, stateFile: string) {
    this.#child = fork(program, ["--port", "0", "--state", stateFile], {
      // The host's environment may hold credentials, and its arguments may hold a debugger's port.
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
    if (!this.isRunning) return Promise.resolve();
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
      if (isAddress(message)) resolve(message);
      else
        reject(
          new Error(vscode.l10n.t("The program behind the demo didn't say where it listens.")),
        );
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
