import process from "node:process";
import * as vscode from "vscode";
import { COMMANDS, SETTINGS, type Target } from "../../../src/contributions.ts";
import type { Exports } from "../../../src/extension.ts";
import type { Emulator } from "../../harness/emulator.ts";
import { startTestEmulator } from "./emulator.ts";
import { activateExtension } from "./extension.ts";
import { treeOf, until } from "./screen.ts";

/** An account of an emulator of its own, signed in to and on screen. */
export interface SignedIn {
  readonly emulator: Emulator;
  readonly exports: Exports;
  server(id: string): Target;
  capability(kind: "tool" | "prompt", serverId: string, name: string): Target;
  /** What the wire saw since it was asked last: method, path below the account's servers, body. */
  wire(): Promise<readonly string[]>;
  signOut(): Promise<void>;
}

/** Signs in by the token of the environment, which is the way that needs no typing. */
export async function signIn(...args: string[]): Promise<SignedIn> {
  const exports = await activated();
  const emulator = await startTestEmulator(...args);
  const { accountId, token, url } = emulator;
  await setApiRoot(url);
  process.env["CLOUDFLARE_API_TOKEN"] = token;
  await vscode.commands.executeCommand(COMMANDS.signIn, undefined, undefined, "environment");
  await until(
    () => treeOf(exports),
    (tree) => tree.length > 0,
  );
  await emulator.clearLog();
  return {
    emulator,
    exports,
    server: (serverId) => ({ kind: "server", accountId, serverId }),
    capability: (kind, serverId, name) => ({ kind, accountId, serverId, name }),
    wire: () => takeWire(emulator),
    async signOut() {
      await vscode.commands.executeCommand(COMMANDS.signOut);
      await until(
        () => treeOf(exports),
        (tree) => tree.length === 0,
      );
      delete process.env["CLOUDFLARE_API_TOKEN"];
      await setApiRoot(undefined);
      await emulator.stop();
    },
  };
}

export async function activated(): Promise<Exports> {
  const extension = await activateExtension();
  return extension.exports as Exports;
}

export async function setApiRoot(url: string | undefined): Promise<void> {
  await vscode.workspace
    .getConfiguration()
    .update(SETTINGS.apiBaseUrl, url, vscode.ConfigurationTarget.Global);
}

async function takeWire(emulator: Emulator): Promise<readonly string[]> {
  const log = await emulator.log();
  await emulator.clearLog();
  const prefix = `/accounts/${emulator.accountId}/access/ai-controls/mcp`;
  return log.map(({ method, path, body }) =>
    [method, path.replace(prefix, ""), ...(body === null ? [] : [JSON.stringify(body)])].join(" "),
  );
}
