import * as l10n from "@vscode/l10n";
import { listed } from "../../base/text.ts";
import { type CheckSettings, DEFAULT_SETTINGS } from "../../domain/checks/settings.ts";
import { DEFAULT_TOLERATED, TOLERATED, type Tolerated } from "../../domain/report/threshold.ts";
import type { Invocation } from "../command.ts";
import { CommandError } from "../failures.ts";

const FORMATS = ["text", "github", "json"] as const;
type Format = (typeof FORMATS)[number];

export interface CheckOptions {
  readonly format: Format;
  readonly tolerated: Tolerated;
  readonly settings: CheckSettings;
  /** The file of the SARIF log. */
  readonly sarif: string | undefined;
}

/** Throws a CommandError for an option that can't be understood. */
export function checkOptions(call: Invocation): CheckOptions {
  return {
    format: formatOf(call),
    tolerated: oneOf("--max-severity", call.text("maxSeverity"), TOLERATED) ?? DEFAULT_TOLERATED,
    settings: settingsOf(call.text("budget")),
    sarif: call.text("sarif"),
  };
}

function formatOf(call: Invocation): Format {
  const format = oneOf("--format", call.text("format"), FORMATS);
  if (!call.isJson) {
    return format ?? "text";
  }
  if (format !== undefined && format !== "json") {
    throw new CommandError(2, l10n.t("{0} and {1} exclude each other.", "--json", "--format"));
  }
  return "json";
}

function oneOf<T extends string>(
  option: string,
  value: string | undefined,
  choices: readonly T[],
): T | undefined {
  const choice = choices.find((each) => each === value);
  if (value !== undefined && choice === undefined) {
    throw new CommandError(2, l10n.t("{0} has to be one of {1}.", option, listed(choices)));
  }
  return choice;
}

function settingsOf(budget: string | undefined): CheckSettings {
  if (budget === undefined) {
    return DEFAULT_SETTINGS;
  }
  if (!/^\d{1,15}$/u.test(budget)) {
    throw new CommandError(2, l10n.t("{0} has to be a number of tokens.", "--budget"));
  }
  const budgets = { ...DEFAULT_SETTINGS.budgets, portal: Number(budget) };
  return { ...DEFAULT_SETTINGS, budgets };
}
