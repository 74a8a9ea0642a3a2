import * as vscode from "vscode";
import { shownAccounts } from "../../store/state.ts";
import { inertEntry } from "../../ui/inert.ts";
import type { FixRequest } from "../../ui/problems/requests.ts";
import { addIgnored, ignored, removeIgnored } from "../../ui/problems/settings.ts";
import { sayInformation } from "../../ui/say.ts";
import type { App } from "../app.ts";

export async function ignore({ rule, serverId, name }: FixRequest): Promise<void> {
  await addIgnored({ rule, server: serverId, name });
}

/** What stays picked stays ignored. */
export async function manageIgnored(app: App): Promise<void> {
  const entries = ignored();
  if (entries.length === 0) {
    void sayInformation(vscode.l10n.t("No problem is ignored."));
    return;
  }
  const names = serverNames(app);
  const picked = await vscode.window.showQuickPick(
    entries.map((entry) =>
      inertEntry({
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
  if (picked === undefined) return;
  const kept = new Set(picked.map(({ entry }) => entry));
  await removeIgnored(entries.filter((entry) => !kept.has(entry)));
}

function serverNames({ store }: App): ReadonlyMap<string, string> {
  const servers = shownAccounts(store.state).flatMap((account) => [...account.servers]);
  return new Map(servers.map(([id, { server }]) => [id, server.name]));
}
