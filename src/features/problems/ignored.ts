import * as vscode from "vscode";
import { SEVERITIES, type Severity } from "../../domain/checks/finding.ts";
import { CLIENTS, type ClientId } from "../../domain/checks/rule.ts";
import type { CheckSettings, Ignored } from "../../domain/checks/settings.ts";
import { escapeItem } from "../../editor/escape.ts";
import { notifyInformation } from "../../editor/notifications.ts";
import { readSetting, writeSetting } from "../../editor/settings.ts";
import { shownAccounts } from "../../engine/state.ts";
import type { AppContext } from "../app.ts";
import type { FixRequest } from "./remedies.ts";

export async function ignore({ rule, serverId, name }: FixRequest): Promise<void> {
  await addIgnored({ rule, server: serverId, name });
}

/** Lists the ignored problems. Those that stay picked stay ignored. */
export async function manageIgnored(app: AppContext): Promise<void> {
  const entries = ignored();
  if (entries.length === 0) {
    void notifyInformation(vscode.l10n.t("No problem is ignored."));
    return;
  }
  const names = serverNames(app);
  const picked = await vscode.window.showQuickPick(
    entries.map((entry) =>
      escapeItem({
        label: entry.rule,
        description: [names.get(entry.server) ?? entry.server, entry.name]
          .filter(Boolean)
          .join(" · "),
        picked: true,
        entry,
      }),
    ),
    {
      title: vscode.l10n.t("Ignored problems: those without a tick are shown again"),
      canPickMany: true,
      matchOnDescription: true,
    },
  );
  if (picked === undefined) {
    return;
  }
  const kept = new Set(picked.map(({ entry }) => entry));
  await removeIgnored(entries.filter((entry) => !kept.has(entry)));
}

function serverNames({ store }: AppContext): ReadonlyMap<string, string> {
  const servers = shownAccounts(store.state).flatMap((account) => [
    ...account.collections.server.items,
  ]);
  return new Map(servers.map(([id, { optimistic }]) => [id, optimistic.name]));
}

/**
 * Reads the settings for checks. Ignores values that it can't parse, because settings.json may hold
 * anything.
 */
export function checkSettings(): CheckSettings {
  return { clients: clients(), rules: rules(), ignore: ignored() };
}

function clients(): ReadonlySet<ClientId> {
  const value = readSetting("checksClients");
  if (!Array.isArray(value)) {
    return new Set(CLIENTS);
  }
  return new Set(CLIENTS.filter((client) => value.includes(client)));
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

function ignored(): readonly Ignored[] {
  return stored().flatMap((entry) => ignoredOf(entry) ?? []);
}

function ignoredOf(entry: unknown): Ignored | undefined {
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
  return { rule, server, name: text("name") ?? "" };
}

export async function addIgnored(entry: Ignored): Promise<void> {
  const key = keyOf(entry);
  if (!ignored().some((known) => keyOf(known) === key)) {
    await saveIgnored([...stored(), entry]);
  }
}

async function removeIgnored(entries: readonly Ignored[]): Promise<void> {
  const keys = new Set(entries.map(keyOf));
  await saveIgnored(
    stored().filter((entry) => {
      const known = ignoredOf(entry);
      return known === undefined || !keys.has(keyOf(known));
    }),
  );
}

/** The current setting, including entries that others added and entries that can't be parsed. */
function stored(): readonly unknown[] {
  const value = readSetting("checksIgnore");
  return Array.isArray(value) ? value : [];
}

async function saveIgnored(entries: readonly unknown[]): Promise<void> {
  await writeSetting("checksIgnore", entries.length === 0 ? undefined : entries);
}

function keyOf({ rule, server, name }: Ignored): string {
  return JSON.stringify([rule, server, name]);
}
