import { join } from "node:path";
import { createInterface } from "node:readline";
import { builtInExtensions } from "./builtIns.ts";
import type { Code } from "./fetchCode.ts";
import { startTree, type Tree } from "./processes.ts";

export interface CodeServer {
  readonly tree: Tree;
  /** `host:port` of the server. */
  readonly authority: string;
}

const START_LIMIT_MS = 60_000;

/**
 * VS Code's own server. Unlike code-server's it can run an extension-host suite, and it needs half
 * of the time to open a window.
 */
export async function startTestServer(
  code: Code,
  port: string,
  options: readonly string[],
): Promise<CodeServer> {
  return start(code, [
    join(code.folder, "lib", "vscode", "out", "server-main.js"),
    ...["--host", "127.0.0.1", "--port", port],
    ...["--telemetry-level", "off"],
    "--without-connection-token",
    "--accept-server-license-terms",
    "--disable-workspace-trust",
    // A sixth of the time of a run, for messages that don't leave the machine.
    "--disable-websocket-compression",
    ...["--builtin-extensions-dir", await builtInExtensions(code)],
    ...options,
  ]);
}

/** The folders of a person's settings and extensions. */
export interface Profile {
  readonly userData: string;
  readonly extensions: string;
}

/**
 * Starts code-server in normal use, with installed extensions.
 * @param port 0 for any free one
 * @param folder the folder that its window opens
 */
export function startCodeServer(
  code: Code,
  profile: Profile,
  port: number,
  folder: string,
): Promise<CodeServer> {
  return start(code, [
    ...entry(code, profile),
    ...["--auth", "none", "--bind-addr", `127.0.0.1:${port}`],
    "--disable-workspace-trust",
    "--disable-telemetry",
    "--disable-update-check",
    "--disable-getting-started-override",
    "--ignore-last-opened",
    folder,
  ]);
}

export async function installExtension(code: Code, profile: Profile, vsix: string): Promise<void> {
  const args = [...entry(code, profile), "--install-extension", vsix, "--force"];
  const tree = startTree(code.node, args, { stdio: ["ignore", "pipe", "pipe"], env: quietEnv() });
  const said = remember(tree);
  const exit = await tree.ended;
  await tree.stop();
  if (exit !== 0) {
    throw new Error(`The extension couldn't be installed.\n${said.join("\n")}`);
  }
}

const entry = (code: Code, profile: Profile): string[] => [
  join(code.folder, "out", "node", "entry.js"),
  ...["--user-data-dir", profile.userData, "--extensions-dir", profile.extensions],
  // Without this option it writes a file into the home folder.
  ...["--config", join(profile.userData, "code-server.yaml")],
];

/** Waits for the address that the server prints. Keeps the output until then, in case it fails. */
async function start(code: Code, args: readonly string[]): Promise<CodeServer> {
  const tree = startTree(code.node, args, { stdio: ["ignore", "pipe", "pipe"], env: quietEnv() });
  const said = remember(tree);
  const listening = Promise.withResolvers<string>();
  const limit = setTimeout(() => listening.reject(new Error("timeout")), START_LIMIT_MS);
  const look = (line: string) => {
    const port = /(?:agent listening on |server listening on \S+:)(\d+)/.exec(line)?.[1];
    if (port) {
      listening.resolve(`127.0.0.1:${port}`);
    }
  };
  if (tree.child.stdout) {
    createInterface({ input: tree.child.stdout }).on("line", look);
  }
  void tree.ended.then(() => listening.reject(new Error("it ended")));
  try {
    return { tree, authority: await listening.promise };
  } catch (error) {
    await tree.stop();
    throw new Error(`VS Code's server didn't start.\n${said.join("\n")}`, { cause: error });
  } finally {
    clearTimeout(limit);
  }
}

/** Keeps the last lines of a program's output, and drains its pipes. */
function remember(tree: Tree): readonly string[] {
  const lines: string[] = [];
  for (const input of [tree.child.stdout, tree.child.stderr]) {
    if (!input) {
      continue;
    }
    createInterface({ input }).on("line", (line) => {
      lines.push(line);
      if (lines.length > 40) {
        lines.shift();
      }
    });
  }
  return lines;
}

/**
 * Removes variables that another VS Code's terminal sets, and that would make the server a client
 * of that one.
 */
function quietEnv(): NodeJS.ProcessEnv {
  const drop = /^(VSCODE_(?!TEST)|CODE_SERVER_|ELECTRON_RUN_AS_NODE$|NODE_OPTIONS$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !drop.test(name)));
}
