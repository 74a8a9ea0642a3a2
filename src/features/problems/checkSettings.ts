import { SEVERITIES, type Severity } from "../../domain/checks/finding.ts";
import type { Budgets } from "../../domain/checks/rule.ts";
import type { CheckSettings, Ignored } from "../../domain/checks/settings.ts";
import { clientsIn } from "../../domain/clients/clientIds.ts";
import { readSetting } from "../../editor/settings.ts";
import { SETTING_TABLE } from "../../manifest.ts";

/**
 * Reads the settings for checks. Ignores values that it can't parse, because settings.json may hold
 * anything.
 */
export function checkSettings(): CheckSettings {
  const clients = clientsIn(readSetting("checksClients"));
  return { clients, rules: rules(), ignore: ignored(), budgets: budgets() };
}

function budgets(): Budgets {
  const value = readSetting("budget");
  const budget = (name: keyof Budgets): number => {
    const given: unknown =
      typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
    const isGiven = typeof given === "number" && Number.isFinite(given) && given >= 0;
    return isGiven ? given : SETTING_TABLE.budget.default[name];
  };
  return { portal: budget("portal"), server: budget("server"), tool: budget("tool") };
}

function rules(): ReadonlyMap<string, Severity | "off"> {
  const value = readSetting("checksRules");
  if (typeof value !== "object" || value === null) {
    return new Map();
  }
  return new Map(
    Object.entries(value).flatMap(([id, wanted]: [string, unknown]) =>
      isSeverity(wanted) ? [[id, wanted] as const] : [],
    ),
  );
}

function isSeverity(value: unknown): value is Severity | "off" {
  return value === "off" || SEVERITIES.some((severity) => severity === value);
}

/** The problems that somebody ignored. */
export function ignored(): readonly Ignored[] {
  return storedIgnored().flatMap((entry) => ignoredOf(entry) ?? []);
}

/** Undefined for an entry that can't be parsed. */
export function ignoredOf(entry: unknown): Ignored | undefined {
  if (typeof entry !== "object" || entry === null) {
    return undefined;
  }
  const text = (key: string): string | undefined => {
    const value: unknown = Reflect.get(entry, key);
    return typeof value === "string" ? value : undefined;
  };
  const rule = text("rule");
  const server = text("server");
  if (rule === undefined || server === undefined) {
    return undefined;
  }
  const portal = text("portal");
  return { rule, server, name: text("name") ?? "", ...(portal === undefined ? {} : { portal }) };
}

/** The entries of the setting as they are, including entries that others added and entries that can't be parsed. */
export function storedIgnored(): readonly unknown[] {
  const value = readSetting("checksIgnore");
  return Array.isArray(value) ? value : [];
}
