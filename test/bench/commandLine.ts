import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Channel, Output } from "../../src/cli/output.ts";
import { runCommand } from "../../src/cli/program.ts";
import { checkDocument } from "../../src/domain/documents/check.ts";
import { readDocument } from "../../src/domain/documents/parse.ts";
import { serverDocument } from "../../src/domain/documents/serverDocument.ts";
import { FileDocument, ownValues } from "../../src/domain/files/fileDocument.ts";
import { FILE_SHAPES } from "../../src/domain/files/fileShapes.ts";
import type { Server } from "../../src/domain/servers/server.ts";
import { listOurs } from "./contenders/ours.ts";
import { listSdk } from "./contenders/sdk.ts";
import type { Endpoint } from "./emulator.ts";
import { threadTime } from "./measures.ts";
import { compared, inTurn, type Result } from "./result.ts";

const ROUNDS = 5;
const PASSES = 10;
const SERVERS = 1000;
const MOST_LOADED_MB = 1.5;
const MOST_PACKED_MB = 3;

const run = promisify(execFile);

/** The command line on a large account, and as it is packed. */
export async function benchCommandLine(endpoint: Endpoint): Promise<readonly Result[]> {
  const folder = await mkdtemp(join(tmpdir(), "bench-cli-"));
  try {
    return [
      await planning(endpoint, join(folder, "files")),
      await reading(await listOurs(endpoint)),
      ...(await packed(folder)),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What a plan of unchanged files takes: it reads the account and all files, and compares them. */
async function planning(endpoint: Endpoint, files: string): Promise<Result> {
  await command(endpoint, "pull", files);
  const runs = {
    ours: () => timed(() => command(endpoint, "plan", files)),
    sdk: () => timed(() => listSdk(endpoint)),
  };
  await inTurn(1, runs);
  const { ours, sdk } = await inTurn(ROUNDS, runs);
  return compared("plan 1,000 servers of 25 tools, ms: ours / SDK's list", ours, sdk, 0.35);
}

async function command(endpoint: Endpoint, ...args: readonly string[]): Promise<void> {
  const environment = {
    CLOUDFLARE_API_TOKEN: endpoint.token,
    CLOUDFLARE_ACCOUNT_ID: endpoint.accountId,
  };
  const nowhere: Channel = { isTerminal: false, write: () => true };
  const output = new Output(nowhere, nowhere, environment);
  const all = [...args, "--api-base-url", endpoint.url];
  const status = await runCommand(all, { output, version: "0.0.0", environment });
  if (status !== 0) {
    throw new Error(`${args.join(" ")} ended with ${status}`);
  }
}

async function reading(servers: readonly Server[]): Promise<Result> {
  const documents = servers.map(
    (server) => new FileDocument("server", serverDocument(server), ownValues(server)),
  );
  const files = documents.map((document) => ({ document, text: document.text }));
  if (files.length !== SERVERS) {
    throw new Error(`${files.length} files instead of ${SERVERS}`);
  }
  const runs = {
    ours: async () =>
      passes(() => {
        for (const { document, text } of files) {
          const content = readDocument(text, FILE_SHAPES.server, { comments: true });
          checkDocument(text, document, content);
        }
      }),
    parse: async () => passes(() => files.map(({ text }) => JSON.parse(text))),
  };
  await inTurn(1, runs);
  const { ours, parse } = await inTurn(ROUNDS, runs);
  return compared("parse and check 1,000 files, CPU ms: ours / JSON.parse", ours, parse, 4);
}

/** The time of one of several passes, because the system counts a thread's time in whole milliseconds. */
function passes(work: () => unknown): number {
  const all = threadTime(() => {
    for (let pass = 0; pass < PASSES; pass += 1) {
      work();
    }
  });
  return all / PASSES;
}

async function packed(folder: string): Promise<readonly Result[]> {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const archive = join(folder, "cli.tgz");
  await run(process.execPath, [join(root, "packageCli.mjs"), archive], { cwd: root });
  await run("tar", ["-xzf", archive, "-C", folder]);
  const dist = join(folder, "package", "dist", "cli");
  const entry = join(dist, "main.js");
  const runs = {
    ours: () => timed(() => run(process.execPath, [entry, "--version"])),
    node: () => timed(() => run(process.execPath, ["-e", "0"])),
  };
  await inTurn(1, runs);
  const { ours, node } = await inTurn(ROUNDS * 2, runs);
  return [
    compared("mcp-portals --version, ms: whole process / node -e 0", ours, node, 2),
    compared(
      "command line without its tokenizer, MB: ours / limit",
      await withoutTokenizer(dist),
      MOST_LOADED_MB,
      1,
    ),
    compared("packed command line, MB: ours / limit", await megabytes(archive), MOST_PACKED_MB, 1),
  ];
}

/** The tokenizer is a file of its own, which only a check loads. */
async function withoutTokenizer(folder: string): Promise<number> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith("tokenCosts-"));
  const sizes = await Promise.all(names.map((name) => megabytes(join(folder, name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function megabytes(path: string): Promise<number> {
  return (await stat(path)).size / 1e6;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
