import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { TimeSlicer } from "../../base/async.ts";
import type { AccountId } from "../../domain/account.ts";
import {
  FILE_KINDS,
  FILE_PLACES,
  type FileKind,
  idOfPath,
  LOCK_FILE,
} from "../../domain/files/filePaths.ts";
import {
  placed,
  problemsOfFiles,
  type ResourceFile,
  readResourceFile,
} from "../../domain/files/resourceFile.ts";
import {
  type LockFile,
  MOST_LOCK_BYTES,
  readLockOf,
  tooLargeLock,
  type UnusableLock,
} from "../../domain/review/lockFile.ts";
import { systemCode } from "../../engine/files/storageError.ts";
import { CommandError } from "../failures.ts";

export interface WorkFolder {
  readonly files: readonly ResourceFile[];
  readonly lock: LockFile | undefined;
}

/** Rejects with a CommandError that names every problem, where there are any. */
export function refuse(problems: readonly string[]): void {
  if (problems.length > 0) {
    throw new CommandError(1, problems.join("\n"));
  }
}

/** A file that isn't read yet. */
export type FoundFile = Pick<ResourceFile, "kind" | "id" | "path">;

/**
 * Reads all files of a folder. Rejects with a CommandError where one of them can't be understood;
 * what needs the account to be known isn't looked at. Answers may arrive meanwhile.
 */
export async function readFolder(
  folder: string,
  account: AccountId,
  found?: readonly FoundFile[],
): Promise<WorkFolder> {
  const files: ResourceFile[] = [];
  const turn = new TimeSlicer();
  for (const file of found ?? (await findFiles(folder))) {
    // One after the other, because many small files take several times as long side by side.
    files.push(readResourceFile({ ...file, text: textAt(join(folder, file.path)) }));
    if (turn.isOver) {
      await turn.next();
    }
  }
  refuse(problemsOfFiles(files));
  return { files, lock: await readLockFile(folder, account) };
}

function textAt(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    // Node doesn't say which one where it is a folder.
    throw error instanceof Error ? Object.assign(error, { path }) : error;
  }
}

/** The files of a folder, by kind and path. */
export async function findFiles(folder: string): Promise<readonly FoundFile[]> {
  return (await Promise.all(FILE_KINDS.map((kind) => findOf(folder, kind)))).flat();
}

async function findOf(folder: string, kind: FileKind): Promise<readonly FoundFile[]> {
  const place = FILE_PLACES[kind].folder;
  const entries = await readdir(join(folder, place), { recursive: true }).catch(ifMissing);
  const paths = (entries ?? []).map((entry) => `${place}/${entry.split(sep).join("/")}`).sort();
  return paths.flatMap((path) => {
    const id = idOfPath(kind, path);
    return id === undefined ? [] : [{ kind, id, path }];
  });
}

/** How many servers have a file. */
export function serversIn(files: readonly FoundFile[]): number {
  return files.filter(({ kind }) => kind === "server").length;
}

/** What is missing is undefined. */
function ifMissing(error: unknown): undefined {
  if (systemCode(error) !== "ENOENT") {
    throw error;
  }
}

/** Undefined where there is none. Rejects with a CommandError where it can't be used. */
export async function readLockFile(
  folder: string,
  account: AccountId,
): Promise<LockFile | undefined> {
  const path = join(folder, LOCK_FILE);
  const stats = await stat(path).catch(ifMissing);
  if (stats === undefined) {
    return undefined;
  }
  if (stats.size >= MOST_LOCK_BYTES) {
    throw lockError(tooLargeLock());
  }
  const read = readLockOf(account, await readFile(path, "utf8"));
  if (!("lock" in read)) {
    throw lockError(read);
  }
  return read.lock;
}

function lockError({ problem, line }: UnusableLock): CommandError {
  return new CommandError(1, placed(LOCK_FILE, line, problem));
}

/** Undefined where there is no such file. */
export function readText(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(ifMissing);
}

/** Writes a file under its folder. Whoever reads meanwhile sees the old text or the new one. */
export async function writeWhole(folder: string, path: string, text: string): Promise<void> {
  const target = join(folder, path);
  const draft = `${target}.${randomUUID()}`;
  await mkdir(dirname(target), { recursive: true });
  try {
    await writeFile(draft, text);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
