import process from "node:process";
import * as l10n from "@vscode/l10n";
import { CommanderError, Command as Parser } from "commander";
import type { Command, ExitStatus, Invocation } from "./command.ts";
import { COMMANDS } from "./commands/allCommands.ts";
import { confirm } from "./confirm.ts";
import type { Environment } from "./environment.ts";
import { failureOf } from "./failures.ts";
import type { Output } from "./output.ts";
import { RemoteAccount } from "./remoteAccount.ts";

const NAME = "mcp-portals";

interface ProcessParts {
  readonly output: Output;
  readonly version: string;
  readonly environment: Environment;
}

/** Finds the command in the arguments and runs it. Never rejects: an error becomes a sentence. */
export async function runCommand(
  args: readonly string[],
  parts: ProcessParts,
  commands: readonly Command[] = COMMANDS,
): Promise<ExitStatus> {
  let status: ExitStatus = 0;
  const parser = createParser(parts);
  for (const command of commands) {
    addCommand(parser, command, async (positional, options) => {
      status = await invoke(command, positional, options, parts);
    });
  }
  try {
    await parser.parseAsync([...args], { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.code === "commander.helpDisplayed" || error.code === "commander.version" ? 0 : 2;
    }
    return tell(error, parts.output);
  }
}

type Options = Readonly<Record<string, unknown>>;

function createParser({ output, version }: ProcessParts): Parser {
  return new Parser(NAME)
    .description(
      l10n.t("MCP servers and portals of a Cloudflare account as files, for scripts and CI."),
    )
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.line(text.trimEnd()),
      writeErr: (text) => output.error(text.trimEnd()),
      outputError: (text, write) => write(text.replace(/^error: /u, "")),
    })
    .addHelpText("after", `\n${environmentHelp()}`);
}

function environmentHelp(): string {
  return l10n.t(
    "The credential comes from {0}, or from {1} and {2}; the account from {3}.",
    "CLOUDFLARE_API_TOKEN",
    "CLOUDFLARE_EMAIL",
    "CLOUDFLARE_API_KEY",
    "CLOUDFLARE_ACCOUNT_ID",
  );
}

function addCommand(
  parser: Parser,
  { name, argument, secondArgument, summary, options, example }: Command,
  run: (args: readonly string[], options: Options) => Promise<void>,
): void {
  const added = parser.command(name).description(summary());
  for (const each of [argument, secondArgument]) {
    if (each !== undefined) {
      added.argument(each.form, each.words());
    }
  }
  for (const { form, words } of options()) {
    added.option(form, words);
  }
  added
    .option("--account <id>", l10n.t("the account, in place of {0}", "CLOUDFLARE_ACCOUNT_ID"))
    .option("--api-base-url <url>", l10n.t("the API root, in place of Cloudflare's"))
    .option("--json", l10n.t("write JSON for programs"))
    .addHelpText("after", ["", l10n.t("Example:"), `  ${NAME} ${example}`].join("\n"))
    .action(() => run(added.args, added.opts()));
}

async function invoke(
  command: Command,
  args: readonly string[],
  options: Options,
  { output, version, environment }: ProcessParts,
): Promise<ExitStatus> {
  const text = (name: string): string | undefined => {
    const value = options[name];
    return typeof value === "string" ? value : undefined;
  };
  const accounts: RemoteAccount[] = [];
  const interruption = new Interruption();
  const call: Invocation = {
    args,
    output,
    environment,
    version,
    isJson: options["json"] === true,
    flag: (name) => options[name] === true,
    text,
    account() {
      const account = new RemoteAccount({
        environment,
        account: text("account"),
        apiRoot: text("apiBaseUrl"),
        version,
      });
      accounts.push(account);
      return account;
    },
    confirm: (question) => {
      const { stdin: input, stderr: shown } = process;
      return confirm(question, { input, output: shown, isInteractive: input.isTTY === true });
    },
    interruption: () => interruption.signal(),
  };
  try {
    return await command.run(call);
  } catch (error) {
    return tell(error, output);
  } finally {
    interruption.dispose();
    // An open connection would keep the process alive.
    await Promise.all(accounts.map((account) => account.close()));
  }
}

function tell(error: unknown, output: Output): ExitStatus {
  const { status, words } = failureOf(error);
  output.error(words);
  return status;
}

/** Listens for Ctrl+C once a command asks. Another one ends the process at once. */
class Interruption {
  readonly #controller = new AbortController();
  readonly #abort = () => this.#controller.abort();

  signal(): AbortSignal {
    process.once("SIGINT", this.#abort);
    return this.#controller.signal;
  }

  dispose(): void {
    process.removeListener("SIGINT", this.#abort);
  }
}
