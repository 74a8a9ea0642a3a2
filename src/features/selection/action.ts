import * as vscode from "vscode";
import { listed } from "../../base/text.ts";
import type { OverrideValues } from "../../domain/catalogue/overrides.ts";
import { parseAliasPattern, planAliases } from "../../domain/selection/aliasPattern.ts";
import { escapeItem } from "../../editor/escape.ts";
import { notifyError } from "../../editor/notifications.ts";
import type { CapabilityValues } from "../edits/index.ts";
import { textFor } from "../targets/index.ts";
import type { Candidate } from "./pickTools.ts";

const ACTIONS = ["enable", "disable", "reset", "alias"] as const;
type Action = (typeof ACTIONS)[number];

/**
 * Asks for an action and tells what it changes. Undefined when a question was dismissed.
 * @param given the action that a script gives
 */
export async function askChanges(
  chosen: readonly Candidate[],
  given: string | undefined,
  pattern: string | undefined,
): Promise<readonly CapabilityValues[] | undefined> {
  const action = given === undefined ? await askAction(chosen) : readAction(given);
  switch (action) {
    case undefined:
      return undefined;
    case "enable":
      return valuesFor(chosen, isOff, { enabled: true });
    case "disable":
      return valuesFor(chosen, isOn, { enabled: false });
    case "reset":
      return valuesFor(chosen, isOverridden, { alias: null, description: null });
    case "alias":
      return askAliases(chosen, pattern);
  }
}

const isOn = ({ shown }: Candidate): boolean => shown.enabled;
const isOff = ({ shown }: Candidate): boolean => !shown.enabled;
const isOverridden = ({ shown }: Candidate): boolean => shown.overridden;

function valuesFor(
  chosen: readonly Candidate[],
  applies: (candidate: Candidate) => boolean,
  values: OverrideValues,
): readonly CapabilityValues[] {
  return chosen.filter(applies).map(({ of: { target } }) => ({ target, values }));
}

async function askAction(chosen: readonly Candidate[]): Promise<Action | undefined> {
  const count = (applies: (candidate: Candidate) => boolean): string =>
    vscode.l10n.t("changes {0} of {1}", chosen.filter(applies).length, chosen.length);
  const items: readonly (vscode.QuickPickItem & { readonly action: Action })[] = [
    { action: "enable", label: vscode.l10n.t("Enable"), description: count(isOff) },
    { action: "disable", label: vscode.l10n.t("Disable"), description: count(isOn) },
    {
      action: "reset",
      label: vscode.l10n.t("Reset to Server Definition"),
      description: count(isOverridden),
    },
    { action: "alias", label: vscode.l10n.t("Set Alias by Pattern…") },
  ];
  const picked = await vscode.window.showQuickPick(items.map(escapeItem), {
    title:
      chosen.length === 1
        ? vscode.l10n.t("Do what to the selected tool or prompt?")
        : vscode.l10n.t("Do what to the {0} selected tools and prompts?", chosen.length),
    placeHolder: vscode.l10n.t("A preview comes before anything is written"),
    ignoreFocusOut: true,
  });
  return picked?.action;
}

function readAction(text: string): Action | undefined {
  const known = ACTIONS.find((action) => action === text);
  if (known === undefined) {
    void notifyError(vscode.l10n.t("{0} isn't one of {1}.", text, listed(ACTIONS)));
  }
  return known;
}

const EXAMPLE = "^github_(.*)$ → gh_$1";

async function askAliases(
  chosen: readonly Candidate[],
  given: string | undefined,
): Promise<readonly CapabilityValues[] | undefined> {
  const text = await textFor(given, {
    title: vscode.l10n.t("Set Alias by Pattern…"),
    prompt: vscode.l10n.t(
      "A regular expression for upstream names, an arrow, and the alias; $1 is the first group. Names that it doesn't match stay",
    ),
    value: "^(.*)$ → $1",
    placeHolder: EXAMPLE,
    validateInput: (typed) => {
      const planned = aliasesFor(chosen, typed);
      return "problem" in planned ? planned.problem : undefined;
    },
  });
  const planned = text === undefined ? undefined : aliasesFor(chosen, text);
  return planned === undefined || "problem" in planned ? undefined : planned.changes;
}

function aliasesFor(
  chosen: readonly Candidate[],
  text: string,
): { readonly changes: readonly CapabilityValues[] } | { readonly problem: string } {
  const pattern = parseAliasPattern(text);
  if (pattern === undefined) {
    return {
      problem: vscode.l10n.t("A regular expression, an arrow and an alias, such as {0}.", EXAMPLE),
    };
  }
  const planned = planAliases(pattern, chosen);
  if ("problem" in planned) {
    return planned;
  }
  const changed = planned.renamings.filter(
    ({ of: { shown }, alias }) => alias !== (shown.override?.alias ?? null),
  );
  return {
    changes: changed.map(({ of: { of }, alias }) => ({ target: of.target, values: { alias } })),
  };
}
