import * as vscode from "vscode";
import { type Ignored, ignoredKey } from "../../domain/checks/settings.ts";
import { escapeItem } from "../../editor/escape.ts";
import { notifyInformation } from "../../editor/notifications.ts";
import { writeSetting } from "../../editor/settings.ts";
import { shownAccounts } from "../../engine/state.ts";
import type { AppContext } from "../app.ts";
import { ignored, ignoredOf, storedIgnored } from "./checkSettings.ts";
import type { FixRequest } from "./remedies.ts";

export async function ignore({ rule, serverId, portalId, name }: FixRequest): Promise<void> {
  await addIgnored({
    rule,
    server: serverId,
    name,
    ...(portalId === undefined ? {} : { portal: portalId }),
  });
}

/** Lists the ignored problems. Those that stay picked stay ignored. */
export async function manageIgnored(app: AppContext): Promise<void> {
  const entries = ignored();
  if (entries.length === 0) {
    void notifyInformation(vscode.l10n.t("No problem is ignored."));
    return;
  }
  const names = namesIn(app);
  const picked = await vscode.window.showQuickPick(
    entries.map((entry) =>
      escapeItem({
        label: entry.rule,
        description: [
          names.servers.get(entry.server) ?? entry.server,
          entry.name,
          names.portals.get(entry.portal ?? "") ?? entry.portal,
        ]
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

type Names = ReadonlyMap<string, string>;

function namesIn({ store }: AppContext): { readonly servers: Names; readonly portals: Names } {
  const accounts = shownAccounts(store.state);
  const namesOf = (kind: "server" | "portal"): Names =>
    new Map(
      accounts.flatMap(({ collections }) =>
        [...collections[kind].items].map(([id, { optimistic }]) => [id, optimistic.name] as const),
      ),
    );
  return { servers: namesOf("server"), portals: namesOf("portal") };
}

export async function addIgnored(entry: Ignored): Promise<void> {
  const key = ignoredKey(entry);
  if (!ignored().some((known) => ignoredKey(known) === key)) {
    await saveIgnored([...storedIgnored(), entry]);
  }
}

async function removeIgnored(entries: readonly Ignored[]): Promise<void> {
  const keys = new Set(entries.map(ignoredKey));
  await saveIgnored(
    storedIgnored().filter((entry) => {
      const known = ignoredOf(entry);
      return known === undefined || !keys.has(ignoredKey(known));
    }),
  );
}

async function saveIgnored(entries: readonly unknown[]): Promise<void> {
  await writeSetting("checksIgnore", entries.length === 0 ? undefined : entries);
}
