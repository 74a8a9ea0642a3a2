import { join } from "node:path";
import { cachedFolder } from "./cachedFolder.ts";
import { npmInstall } from "./npm.ts";
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

/** A VS Code from the cache. Fetches it from the npm registry if it isn't there. */
export async function fetchCode(version: CodeVersion): Promise<Code> {
  const home = await cachedFolder(`code-server-${version.codeServer}`, (folder) =>
    install(folder, version),
  );
  return {
    version,
    folder: join(home, "node_modules", "code-server"),
    node: version.node ? nodeIn(home) : process.execPath,
  };
}

async function install(folder: string, version: CodeVersion): Promise<void> {
  const progress = showProgress(`Fetching VS Code ${version.vscode} from npm`);
  try {
    await fill(folder, version, progress);
    progress.done("ready");
  } catch (error) {
    progress.done("failed");
    throw error;
  }
}

async function fill(folder: string, version: CodeVersion, progress: Progress): Promise<void> {
  const wanted = [`code-server@${version.codeServer}`];
  if (version.node) {
    wanted.push(`${nodePackage()}@${version.node}`);
  }
  progress.step("step 1 of 2, the editor");
  await npmInstall(folder, wanted, (count) => {
    progress.step(`step 1 of 2, the editor, ${count} packages`);
  });
  progress.step("step 2 of 2, its server");
  await npmInstall(join(folder, "node_modules", "code-server", "lib", "vscode"), [], (count) => {
    progress.step(`step 2 of 2, its server, ${count} packages`);
  });
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
