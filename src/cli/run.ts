import process from "node:process";
import type { WriteStream } from "node:tty";
import type { ExitStatus } from "./command.ts";
import { type Channel, Output } from "./output.ts";
import { runCommand } from "./program.ts";

/** Runs one command of this process. Never rejects. */
export async function run(args: readonly string[], version: string): Promise<ExitStatus> {
  const { env, stdout, stderr } = process;
  const output = new Output(channel(stdout), channel(stderr), env);
  return runCommand(args, { output, version, environment: env });
}

function channel(stream: WriteStream): Channel {
  // Whoever reads, such as `head`, may have enough before everything is written.
  stream.on("error", () => process.exit());
  return { isTerminal: stream.isTTY === true, write: (text) => stream.write(text) };
}
