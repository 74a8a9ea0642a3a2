import { join } from "node:path";
import { endWithProgram } from "./lifetime.ts";
import { VSIX } from "./paths.ts";
import { sampleFolder } from "./playground.ts";
import { startTree } from "./processes.ts";
import { endProcessesNaming } from "./processTable.ts";
import { writeSettings } from "./profile.ts";
import { makeTemporaryFolder } from "./temporary.ts";

/** Runs the VS Code on the PATH in a temporary profile. Resolves when it is closed. */
export async function startDesktop(): Promise<number> {
  const { path: home, remove } = await makeTemporaryFolder("desktop");
  const userData = join(home, "user");
  await writeSettings(userData, {});
  const profile = ["--user-data-dir", userData, "--extensions-dir", join(home, "extensions")];
  const close = endWithProgram({
    // The window isn't a child of `code`, so it is found by the profile on its command line.
    end: () => endProcessesNaming(home),
    kill: () => undefined,
  });
  try {
    const installed = await runCode([...profile, "--install-extension", VSIX]);
    if (installed !== 0) {
      throw new Error(noCode(installed));
    }
    console.log("\nVS Code opens in a window of its own. Closing it, or Ctrl+C here, ends it.");
    return await runCode([...profile, "--new-window", "--wait", await sampleFolder(home)]);
  } finally {
    await close();
    await remove();
  }
}

async function runCode(args: readonly string[]): Promise<number> {
  const windows = process.platform === "win32";
  const quoted = windows ? args.map((argument) => `"${argument}"`) : args;
  const tree = startTree("code", quoted, {
    stdio: ["ignore", "ignore", "inherit"],
    shell: windows,
  });
  const exit = await tree.ended;
  await tree.stop();
  return exit;
}

function noCode(exit: number): string {
  const missing = exit === 127 || (process.platform === "win32" && exit === 1);
  if (!missing) {
    return `"code --install-extension" failed (${exit}).`;
  }
  return `There is no VS Code on the PATH. Install it, and in it run the command
"Shell Command: Install 'code' command in PATH" (on Windows the installer offers that).`;
}
