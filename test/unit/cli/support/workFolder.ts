import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Emulator } from "../../../../src/emulator/start.ts";
import { makeTemporaryFolder } from "../../../harness/temporary.ts";
import { send } from "../../emulator/support/calling.ts";
import { environmentOf, type Ran, type RunOptions, runCli } from "./runCli.ts";

/** A folder in which commands work on an emulator's account. */
export interface WorkFolder {
  readonly folder: string;
  run(...args: readonly string[]): Promise<Ran>;
  runWith(environment: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ran>;
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
  const runIn = (options: RunOptions, ...[name = "", ...args]: readonly string[]): Promise<Ran> => {
    const { url } = emulator();
    const root = args.includes("--api-base-url") ? [] : ["--api-base-url", url];
    const environment = {
      ...environmentOf(emulator()),
      XDG_STATE_HOME: join(at(), "..", "state"),
      ...options.environment,
    };
    return runCli([name, ...args, ...root], { folder: at(), ...options, environment });
  };
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
    run: (...args) => runIn({}, ...args),
    runWith: (environment, ...args) => runIn({ environment }, ...args),
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
