import process from "node:process";
import * as vscode from "vscode";
import type { Exports } from "../../../src/extension.ts";
import { COMMANDS, SETTINGS, type Target } from "../../../src/manifest.ts";
import type { Emulator } from "../../harness/emulator.ts";
import { startTestEmulator } from "./emulator.ts";
import { activateExtension } from "./extension.ts";
import { run } from "./run.ts";
import { treeOf, until } from "./screen.ts";
import { putBodies, takeWire } from "./wire.ts";

/** An account of an emulator of its own, signed in to and on screen. */
export interface SignedIn {
  readonly emulator: Emulator;
  readonly exports: Exports;
  server(id: string): Target;
  capability(kind: "tool" | "prompt", serverId: string, name: string): Target;
  /** What the wire saw since it was asked last: method, path below the account's servers, body. */
  wire(): Promise<readonly string[]>;
  /** Of that, what it was asked to write: the reads around it left out. */
  puts(): Promise<readonly string[]>;
  /** What every PUT in the log has sent. The log stays. */
  putBodies(): Promise<readonly unknown[]>;
  signOut(): Promise<void>;
}

/** Signs in by the token of the environment, which is the way that needs no typing. */
export async function signIn(...args: string[]): Promise<SignedIn> {
  const exports = await activated();
  const emulator = await startTestEmulator(...args);
  const { accountId, token, url } = emulator;
  await setApiRoot(url);
  process.env["CLOUDFLARE_API_TOKEN"] = token;
  await run(COMMANDS.signIn, undefined, undefined, "environment");
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
    puts: async () => (await takeWire(emulator)).filter((line) => line.startsWith("PUT")),
    putBodies: () => putBodies(emulator),
    async signOut() {
      await run(COMMANDS.signOut);
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
