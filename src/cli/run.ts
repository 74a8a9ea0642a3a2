import { readFile } from "node:fs/promises";
import process from "node:process";
import type { WriteStream } from "node:tty";
import { isRecord } from "../base/json.ts";
import type { ExitStatus } from "./command.ts";
import { type Channel, Output } from "./output.ts";

/** The same path from the sources and from the package. */
const PACKAGE = new URL("../../package.json", import.meta.url);

/** Runs one command of this process. Never rejects. */
export async function run(args: readonly string[]): Promise<ExitStatus> {
  const { env, stdout, stderr } = process;
  const output = new Output(channel(stdout), channel(stderr), env);
  const version = await readVersion();
  // A script asks for it often, and it needs no command.
  if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
    output.line(version);
    return 0;
  }
  const { runCommand } = await import("./program.ts");
  return runCommand(args, { output, version, environment: env });
}

async function readVersion(): Promise<string> {
  const read: unknown = JSON.parse(await readFile(PACKAGE, "utf8"));
  const version = isRecord(read) ? read["version"] : undefined;
  return typeof version === "string" ? version : "";
}

function channel(stream: WriteStream): Channel {
  // Whoever reads, such as `head`, may have enough before everything is written.
  stream.on("error", () => process.exit());
  return { isTerminal: stream.isTTY === true, write: (text) => stream.write(text) };
}
