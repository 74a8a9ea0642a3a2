import type { Environment } from "./environment.ts";
import type { Output } from "./output.ts";
import type { RemoteAccount } from "./remoteAccount.ts";

/** 0 in order, 1 something differs or is wrong, 2 it couldn't be looked at. */
export type ExitStatus = 0 | 1 | 2;

/**
 * One command. Its file is loaded for every `--help`, so what it needs to run comes by
 * `await import(…)`.
 */
export interface Command {
  readonly name: string;
  /** In brackets where it may be left out, with dots where there may be several. */
  readonly argument?: CommandArgument;
  readonly secondArgument?: CommandArgument;
  /** One line for the list of commands. */
  summary(): string;
  options(): readonly CommandOption[];
  /** As somebody would type it, without `mcp-portals`. */
  readonly example: string;
  /** Rejects with a CommandError, or with any other error that `failureOf` turns into a sentence. */
  run(call: Invocation): Promise<ExitStatus>;
}

interface CommandArgument {
  /** Such as `[dir]` or `[server...]`. */
  readonly form: string;
  words(): string;
}

export interface CommandOption {
  /** Such as `--yes` or `--budget <tokens>`. */
  readonly form: string;
  readonly words: string;
}

/** One call of a command, with all that it may use of its process. */
export interface Invocation {
  readonly args: readonly string[];
  readonly output: Output;
  readonly environment: Environment;
  /** The version of this program, such as `0.1.0`. */
  readonly version: string;
  /** True for `--json`: the standard output is for programs. */
  readonly isJson: boolean;
  /** True where an option without a value was given, by its camel-cased name. */
  flag(name: string): boolean;
  /** The value of an option, by its camel-cased name; undefined where it wasn't given. */
  text(name: string): string | undefined;
  /**
   * The account that the options and the environment name. Nothing is sent before the first call of
   * its client. Throws a CommandError where a credential or an account is missing.
   */
  account(): RemoteAccount;
  /** Asks whoever sits at the terminal; undefined where nobody does. Anything but yes is no. */
  confirm(question: string): Promise<boolean | undefined>;
  /**
   * Aborted by Ctrl+C. Whoever asks for it ends in order by itself; otherwise the process ends at
   * once.
   */
  interruption(): AbortSignal;
}
