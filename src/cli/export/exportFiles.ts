import { mkdir, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import * as l10n from "@vscode/l10n";
import type { AccountResources } from "../../domain/files/accountDocuments.ts";
import type { Looked } from "../../domain/reach/chain.ts";
import { unread } from "../../domain/reach/words.ts";
import { serverJson } from "../../domain/registry/serverJson.ts";
import { terraformFiles } from "../../domain/terraform/terraformFiles.ts";
import { systemCode } from "../../engine/files/storageError.ts";
import { readSurroundings } from "../../engine/reach/surroundings.ts";
import type { ExitStatus, Invocation } from "../command.ts";
import { CommandError } from "../failures.ts";
import type { Output } from "../output.ts";
import type { RemoteAccount } from "../remoteAccount.ts";

/** Writes the account for other programs. Looks for files in the way before it writes any. */
export async function exportFiles(call: Invocation): Promise<ExitStatus> {
  const terraform = call.text("terraform");
  const registry = call.text("serverJson");
  if (terraform === undefined && registry === undefined) {
    const words = l10n.t("Pass {0} or {1}.", "--terraform <dir>", "--server-json <dir>");
    throw new CommandError(2, words);
  }
  const account = call.account();
  const resources = await account.read();
  const paths = [
    ...(terraform === undefined
      ? []
      : inFolder(terraform, await terraformOf(account, resources, call.output))),
    ...(registry === undefined ? [] : inFolder(registry, registryFiles(resources))),
  ];
  if (!call.flag("force")) {
    await refusePresent(paths.map(({ path }) => path));
  }
  for (const { path, text } of paths) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    call.output.line(call.isJson ? JSON.stringify({ file: path }) : path);
  }
  return 0;
}

function inFolder(folder: string, files: ReadonlyMap<string, string>) {
  return [...files].map(([name, text]) => ({ path: join(folder, name), text }));
}

/** Each in a folder of its server's id, because the registry knows them by one name. */
function registryFiles({ servers }: AccountResources): ReadonlyMap<string, string> {
  return new Map(
    [...servers.values()].map((server) => [
      join(encodeURIComponent(server.id), "server.json"),
      serverJson(server),
    ]),
  );
}

async function terraformOf(
  account: RemoteAccount,
  read: AccountResources,
  output: Output,
): Promise<ReadonlyMap<string, string>> {
  const servers = [...read.servers.values()];
  const portals = [...read.portals.values()];
  const ids = servers.map(({ id }) => id);
  const { apps, records } = await readSurroundings(account.api, portals, ids);
  return terraformFiles({
    account,
    servers,
    portals,
    apps: readOrTold(apps, l10n.t("Access applications and policies"), output) ?? [],
    records: readOrTold(records, l10n.t("DNS records"), output) ?? [],
  });
}

/** Tells what is left out, because a file looks as whole without it. */
function readOrTold<T>(looked: Looked<T>, what: string, output: Output): T | undefined {
  if (looked.kind === "read") {
    return looked.value;
  }
  output.error(l10n.t("Left out: {0}. {1}", what, unread(looked).sentence));
  return undefined;
}

async function refusePresent(paths: readonly string[]): Promise<void> {
  const present = await Promise.all(paths.map(isThere));
  const first = paths.find((_, index) => present[index]);
  if (first !== undefined) {
    throw new CommandError(2, l10n.t("{0} is there already; {1} replaces it.", first, "--force"));
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === "ENOENT") {
      return false;
    }
    throw error;
  }
}
