import { rm } from "node:fs/promises";
import { join } from "node:path";
import * as vscode from "vscode";
import type { Account, AccountId } from "../model/client/account.ts";
import type { Connect, Connection } from "../model/client/client.ts";
import { DemoProcess } from "./demoProcess.ts";

const FLAG = "mcpPortals.demo";

/**
 * The demo account: Cloudflare's API on this machine. It belongs to a workspace, which remembers
 * that it was open; its state is a file beside, its credential is nowhere.
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

  /** True when the demo was open in this workspace before. */
  get wanted(): boolean {
    return this.#context.workspaceState.get<boolean>(FLAG) ?? false;
  }

  /** The account while its emulator runs. */
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

  /** Ends the emulator and removes what it had saved. */
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
