import * as vscode from "vscode";
import type { Ignored } from "../../domain/checks/settings.ts";
import { escapeItem } from "../../editor/escape.ts";
import { notifyInformation } from "../../editor/notifications.ts";
import { writeSetting } from "../../editor/settings.ts";
import { shownAccounts } from "../../engine/state.ts";
import type { AppContext } from "../app.ts";
import { ignored, ignoredOf, storedIgnored } from "./checkSettings.ts";
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

export async function addIgnored(entry: Ignored): Promise<void> {
  const key = keyOf(entry);
  if (!ignored().some((known) => keyOf(known) === key)) {
    await saveIgnored([...storedIgnored(), entry]);
  }
}

async function removeIgnored(entries: readonly Ignored[]): Promise<void> {
  const keys = new Set(entries.map(keyOf));
  await saveIgnored(
    storedIgnored().filter((entry) => {
      const known = ignoredOf(entry);
      return known === undefined || !keys.has(keyOf(known));
    }),
  );
}

async function saveIgnored(entries: readonly unknown[]): Promise<void> {
  await writeSetting("checksIgnore", entries.length === 0 ? undefined : entries);
}

function keyOf({ rule, server, name }: Ignored): string {
  return JSON.stringify([rule, server, name]);
}
