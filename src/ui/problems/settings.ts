import * as vscode from "vscode";
import { SETTINGS } from "../../contributions.ts";
import { SEVERITIES, type Severity } from "../../model/checks/finding.ts";
import { CLIENTS, type ClientId } from "../../model/checks/rule.ts";
import type { CheckSettings, Ignored } from "../../model/checks/settings.ts";

/** What a person typed into settings.json may be anything: what can't be understood isn't there. */
export function checkSettings(): CheckSettings {
  return { clients: clients(), rules: rules(), ignore: ignored() };
}

function clients(): ReadonlySet<ClientId> {
  const value = read(SETTINGS.checksClients);
  if (!Array.isArray(value)) return new Set(CLIENTS);
  return new Set(CLIENTS.filter((client) => value.includes(client)));
}

function rules(): ReadonlyMap<string, Severity | "off"> {
  const value = read(SETTINGS.checksRules);
  if (typeof value !== "object" || value === null) return new Map();
  return new Map(
    Object.entries(value).flatMap(([id, wanted]: [string, unknown]) =>
      isSeverity(wanted) ? [[id, wanted] as const] : [],
    ),
  );
}

function isSeverity(value: unknown): value is Severity | "off" {
  return value === "off" || SEVERITIES.some((severity) => severity === value);
}

export function ignored(): readonly Ignored[] {
  const value = read(SETTINGS.checksIgnore);
  return Array.isArray(value) ? value.flatMap((entry: unknown) => ignoredOf(entry) ?? []) : [];
}

function ignoredOf(entry: unknown): Ignored | undefined {
  if (typeof entry !== "object" || entry === null) return undefined;
  const text = (key: string): string | undefined => {
    const value: unknown = Reflect.get(entry, key);
    return typeof value === "string" ? value : undefined;
  };
  const rule = text("rule");
  const server = text("server");
  if (rule === undefined || server === undefined) return undefined;
  return { rule, server, name: text("name") ?? "" };
}

export async function saveIgnored(entries: readonly Ignored[]): Promise<void> {
  const distinct = new Map(entries.map((entry) => [JSON.stringify(entry), entry]));
  await vscode.workspace
    .getConfiguration()
    .update(
      SETTINGS.checksIgnore,
      distinct.size === 0 ? undefined : [...distinct.values()],
      vscode.ConfigurationTarget.Global,
    );
}

function read(key: string): unknown {
  return vscode.workspace.getConfiguration().get<unknown>(key);
}
