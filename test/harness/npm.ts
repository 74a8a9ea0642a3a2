import { spawn } from "node:child_process";
import { basename } from "node:path";
import { createInterface } from "node:readline";

/** Lines of npm's output that are shown when it fails. */
const TAIL = 25;

/**
 * Runs `npm install` in a folder without install scripts, and counts the packages as they arrive.
 * Shows no output of npm; its last lines are in the error when it fails.
 */
export async function npmInstall(
  folder: string,
  packages: readonly string[],
  onPackage: (count: number) => void,
): Promise<void> {
  const [command, ...first] = npmCommand();
  const child = spawn(command, [...first, ...installArgs(folder), ...packages], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
    shell: process.platform === "win32" && command === "npm.cmd",
  });
  const said: string[] = [];
  let count = 0;
  createInterface({ input: child.stderr }).on("line", (line) => {
    if (/^npm http (fetch|cache)\b.*\.tgz/.test(line)) {
      onPackage(++count);
    } else if (!/^npm (http|info|verbose|warn)/.test(line)) {
      said.push(line);
    }
  });
  const code = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exit) => resolve(exit ?? 1));
  });
  if (code === 0) {
    return;
  }
  throw new Error(`npm install failed (${code}).\n${said.slice(-TAIL).join("\n")}`);
}

/**
 * Names the folder explicitly, because npm passes its settings on to the scripts that it runs, and
 * one of them may name another folder.
 */
function installArgs(folder: string): string[] {
  return [
    "install",
    `--prefix=${folder}`,
    "--no-global",
    "--omit=dev",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--no-progress",
    "--loglevel=http",
  ];
}

/** The npm that runs this script, on this script's Node; otherwise the one on the PATH. */
export function npmCommand(): [string, ...string[]] {
  const cli = process.env["npm_execpath"];
  if (cli && /^npm/.test(basename(cli))) {
    return [process.execPath, cli];
  }
  return [process.platform === "win32" ? "npm.cmd" : "npm"];
}
