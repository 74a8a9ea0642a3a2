import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { npmInstall } from "./npm.ts";
import { CACHE } from "./paths.ts";
import { type Progress, showProgress } from "./progress.ts";
import type { CodeVersion } from "./versions.ts";

/** The server of a VS Code on this disk. */
export interface Code {
  readonly version: CodeVersion;
  /** The Node that runs it. */
  readonly node: string;
  /** The folder of code-server. */
  readonly folder: string;
}

const PARTIAL = "partial-";

/** A VS Code from the cache. Fetches it from the npm registry if it isn't there. */
export async function fetchCode(version: CodeVersion): Promise<Code> {
  const home = join(CACHE, `code-server-${version.codeServer}`);
  if (!existsSync(home)) {
    await install(version, home);
  }
  return {
    version,
    folder: join(home, "node_modules", "code-server"),
    node: version.node ? nodeIn(home) : process.execPath,
  };
}

/** The folder is renamed once it is complete, so that an interrupted fetch leaves no half of it. */
async function install(version: CodeVersion, home: string): Promise<void> {
  await removeOrphans();
  const partial = join(CACHE, `${PARTIAL}${process.pid}-${version.codeServer}`);
  const progress = showProgress(`Fetching VS Code ${version.vscode} from npm`);
  try {
    await fill(partial, version, progress);
    await rename(partial, home);
    progress.done("ready");
  } catch (error) {
    progress.done("failed");
    await rm(partial, { recursive: true, force: true });
    // Another process was faster, and its result is equal.
    if (!existsSync(home)) {
      throw error;
    }
  }
}

async function fill(folder: string, version: CodeVersion, progress: Progress): Promise<void> {
  const wanted = [`code-server@${version.codeServer}`];
  if (version.node) {
    wanted.push(`${nodePackage()}@${version.node}`);
  }
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), '{ "private": true }\n');
  progress.step("step 1 of 2, the editor");
  await npmInstall(folder, wanted, (count) => {
    progress.step(`step 1 of 2, the editor, ${count} packages`);
  });
  progress.step("step 2 of 2, its server");
  await npmInstall(join(folder, "node_modules", "code-server", "lib", "vscode"), [], (count) => {
    progress.step(`step 2 of 2, its server, ${count} packages`);
  });
}

/** Removes the folders of fetches that were killed. */
async function removeOrphans(): Promise<void> {
  const names = existsSync(CACHE) ? await readdir(CACHE) : [];
  for (const name of names) {
    const pid = name.startsWith(PARTIAL) ? Number.parseInt(name.slice(PARTIAL.length), 10) : 0;
    if (pid && !isAlive(pid)) {
      await rm(join(CACHE, name), { recursive: true, force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/**
 * The package with the executable. The package `node` would need its install script, which only
 * fetches this one.
 */
function nodePackage(): string {
  const prefix = process.platform === "darwin" && process.arch === "arm64" ? "node-bin" : "node";
  return `${prefix}-${process.platform}-${process.arch}`;
}

const nodeIn = (home: string): string => join(home, "node_modules", nodePackage(), "bin", "node");
