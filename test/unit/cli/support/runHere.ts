import type { Environment } from "../../../../src/cli/environment.ts";
import { Output } from "../../../../src/cli/output.ts";
import { runCommand } from "../../../../src/cli/program.ts";
import type { Ran } from "./runCli.ts";

/** Runs the command line in this process, which is faster than `runCli` and has this one's folder. */
export async function runHere(args: readonly string[], environment: Environment): Promise<Ran> {
  let stdout = "";
  let stderr = "";
  const out = {
    isTerminal: false,
    write: (text: string) => {
      stdout += text;
    },
  };
  const error = {
    isTerminal: false,
    write: (text: string) => {
      stderr += text;
    },
  };
  const output = new Output(out, error, environment);
  const status = await runCommand(args, { output, version: "1.2.3", environment });
  return { status, stdout, stderr };
}
