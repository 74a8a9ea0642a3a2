import { rm } from "node:fs/promises";
import { join } from "node:path";
import * as l10n from "@vscode/l10n";
import { about, listed } from "../../base/text.ts";
import type { AccountResources } from "../../domain/files/accountDocuments.ts";
import { portalFile, serverFile } from "../../domain/files/accountDocuments.ts";
import type { FileDocument } from "../../domain/files/fileDocument.ts";
import { type FileKind, filePath, LOCK_FILE } from "../../domain/files/filePaths.ts";
import { pulledOf, withFirstLooks } from "../../domain/files/pulled.ts";
import { schemaFiles } from "../../domain/files/schemaFiles.ts";
import { updatedText } from "../../domain/files/updatedText.ts";
import { emptyLock, type LockFile, lockText } from "../../domain/review/lockFile.ts";
import type { ExitStatus, Invocation } from "../command.ts";
import {
  readFolder,
  readText,
  serversIn,
  type WorkFolder,
  writeWhole,
} from "../files/workFolder.ts";
import { withoutHold } from "../review/heldTools.ts";

/** One file, and what becomes of it. */
interface Planned {
  readonly path: string;
  readonly kind: FileKind | undefined;
  /** Undefined for a file that goes. */
  readonly text: string | undefined;
  readonly how: "added" | "changed" | "removed" | "unchanged";
}

/** Brings the files of a folder to what the account has. */
export async function pull({ args, output, isJson, account }: Invocation): Promise<ExitStatus> {
  const [folder = "."] = args;
  const remote = account();
  const work = await readFolder(folder, remote.id);
  output.progress(l10n.t("Reading the account…"));
  const resources = await remote.read(serversIn(work.files));
  const seen = withFirstLooks(
    work.lock ?? emptyLock(remote.id),
    resources.servers.values(),
    new Date().toISOString(),
  );
  const lock = { ...seen, pulled: pulledOf(resources) };
  const planned = await Promise.all([
    ...plannedFiles(work, resources, lock),
    ...[...schemaFiles()].map(([path, text]) => plannedText(folder, path, text)),
    // Last, so that it never tells of what isn't there yet.
    plannedText(folder, LOCK_FILE, lockText(lock)),
  ]);
  for (const { path, text, how } of planned) {
    if (text === undefined) {
      await rm(join(folder, path));
    } else if (how !== "unchanged") {
      await writeWhole(folder, path, text);
    }
    if (how !== "unchanged" && !isJson) {
      output.line(about(path, WORDS[how]()));
    }
  }
  output.line(
    isJson
      ? JSON.stringify({ files: planned.map(({ path, how }) => ({ path, how })) })
      : summary(planned, resources),
  );
  return 0;
}

const WORDS = {
  added: () => l10n.t("new"),
  changed: () => l10n.t("changed"),
  removed: () => l10n.t("removed, because the account has it no longer"),
};

function summary(planned: readonly Planned[], { servers, portals }: AccountResources): string {
  const written = planned.filter(({ how }) => how !== "unchanged").length;
  return about(
    listed([
      servers.size === 1 ? l10n.t("1 server") : l10n.t("{0} servers", servers.size),
      portals.size === 1 ? l10n.t("1 portal") : l10n.t("{0} portals", portals.size),
    ]),
    written === 1 ? l10n.t("1 file written.") : l10n.t("{0} files written.", written),
  );
}

function plannedFiles(
  work: WorkFolder,
  account: AccountResources,
  lock: LockFile,
): readonly Planned[] {
  const servers = [...account.servers.values()].map((server) => ({
    kind: "server" as const,
    id: server.id,
    document: serverFile(withoutHold(server, lock.accepted.get(server.id)?.held)),
  }));
  const portals = [...account.portals.values()].map((portal) => ({
    kind: "portal" as const,
    id: portal.id,
    document: portalFile(portal, account),
  }));
  const present = [...servers, ...portals].map((each) => plannedFile(work, each));
  return [...present, ...goneFiles(work, account)];
}

function plannedFile(
  { files }: WorkFolder,
  {
    kind,
    id,
    document,
  }: { readonly kind: FileKind; readonly id: string; readonly document: FileDocument },
): Planned {
  const file = files.find((each) => each.kind === kind && each.id === id);
  if (file === undefined) {
    return { path: filePath(kind, id), kind, text: document.text, how: "added" };
  }
  const text = updatedText(file.text, document);
  return { path: file.path, kind, text, how: text === file.text ? "unchanged" : "changed" };
}

/** A file that was never pulled or applied is of something that is still to be made. */
function goneFiles({ files, lock }: WorkFolder, account: AccountResources): readonly Planned[] {
  const present = { server: account.servers, portal: account.portals };
  return files
    .filter(({ kind, id }) => !present[kind].has(id) && lock?.pulled[kind].has(id) === true)
    .map(({ kind, path }) => ({ path, kind, text: undefined, how: "removed" }));
}

async function plannedText(folder: string, path: string, text: string): Promise<Planned> {
  const before = await readText(join(folder, path));
  const how = before === undefined ? "added" : before === text ? "unchanged" : "changed";
  return { path, kind: undefined, text, how };
}
