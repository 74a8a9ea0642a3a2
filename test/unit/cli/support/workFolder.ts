import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Emulator } from "../../../../src/emulator/start.ts";
import { makeTemporaryFolder } from "../../../harness/temporary.ts";
import { send } from "../../emulator/support/calling.ts";
import { environmentOf, type Ran, type RunOptions, runCli } from "./runCli.ts";
import { runHere } from "./runHere.ts";

/** A folder in which commands work on an emulator's account. */
export interface WorkFolder {
  readonly folder: string;
  /** Runs in this process, which takes a twentieth of the time of a process of its own. */
  run(...args: readonly string[]): Promise<Ran>;
  runWith(environment: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ran>;
  /** Runs as a process of its own: for signals, the standard input, and what starts a command. */
  runIn(options: RunOptions, ...args: readonly string[]): Promise<Ran>;
  read(path: string): Promise<string>;
  write(path: string, text: string): Promise<void>;
  edit(path: string, change: (text: string) => string): Promise<void>;
  /** Calls the API as somebody else, with a path below the account's MCP resources. */
  send(method: string, path: string, body?: unknown): Promise<unknown>;
}

/** An empty folder for each test. */
export function workIn(emulator: () => Emulator): WorkFolder {
  let folder: Awaited<ReturnType<typeof makeTemporaryFolder>> | undefined;
  beforeEach(async () => {
    folder = await makeTemporaryFolder("cli");
  });
  afterEach(() => folder?.remove());
  const at = (): string => {
    assert(folder, "the folder is there while a test runs");
    return folder.path;
  };
  const argsOf = (args: readonly string[]): readonly string[] =>
    args.includes("--api-base-url") ? args : [...args, "--api-base-url", emulator().url];
  const environmentWith = (own: RunOptions["environment"] = {}) => ({
    ...environmentOf(emulator()),
    XDG_STATE_HOME: join(at(), "..", "state"),
    ...own,
  });
  const runWith: WorkFolder["runWith"] = async (environment, ...args) => {
    const before = process.cwd();
    process.chdir(at());
    try {
      return await runHere(argsOf(args), environmentWith(environment));
    } finally {
      process.chdir(before);
    }
  };
  const runIn: WorkFolder["runIn"] = (options, ...args) =>
    runCli(argsOf(args), {
      folder: at(),
      ...options,
      environment: environmentWith(options.environment),
    });
  const read = (path: string): Promise<string> => readFile(join(at(), path), "utf8");
  const write = async (path: string, text: string): Promise<void> => {
    const file = join(at(), path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  };
  return {
    get folder() {
      return at();
    },
    run: (...args) => runWith({}, ...args),
    runWith,
    runIn,
    read,
    write,
    edit: async (path, change) => write(path, change(await read(path))),
    send: async (method, path, body) => {
      const { accountId } = emulator();
      return send(
        emulator(),
        method,
        `/accounts/${accountId}/access/ai-controls/mcp/${path}`,
        body,
      );
    },
  };
}
