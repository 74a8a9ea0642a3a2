import { type ChildProcess, fork } from "node:child_process";
import process from "node:process";
import * as vscode from "vscode";
import { isSystemCode } from "../../engine/files/storageError.ts";

/** The emulator's address and credential. */
interface DemoAddress {
  readonly url: string;
  readonly accountId: string;
  readonly token: string;
}

/** The emulator as a child process, which ends with this process. */
export class DemoProcess {
  readonly #child: ChildProcess;
  readonly address: Promise<DemoAddress>;

  /**
   * @param program the emulator's bundle
   * @param stateFile the file in which it keeps its state
   */
  constructor(program: string, stateFile: string) {
    this.#child = fork(program, ["--port", "0", "--changing", "--state", stateFile], {
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
