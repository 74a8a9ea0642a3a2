import * as vscode from "vscode";
import type { RowArguments } from "../contributions.ts";
import { shownAccounts } from "../store/state.ts";
import type { App } from "./app.ts";
import { showWhileItLasts } from "./syncProgress.ts";
import { type Outcome, summarise } from "./syncSummary.ts";
import { type ServerTarget, serverTargets } from "./targets.ts";

export async function syncServer(app: App, args: RowArguments): Promise<void> {
  const targets = await serverTargets(app, args, {
    title: vscode.l10n.t("Sync which servers?"),
    many: true,
  });
  await sync(app, targets);
}

export async function syncAll(app: App): Promise<void> {
  const targets = shownAccounts(app.store.state).flatMap(({ account, servers }) =>
    [...servers.keys()].map(
      (serverId): ServerTarget => ({ kind: "server", accountId: account.id, serverId }),
    ),
  );
  await sync(app, targets);
}

export function cancelSync(app: App): void {
  for (const session of app.sessions.all) session.cancelSync();
}

async function sync(app: App, targets: readonly ServerTarget[]): Promise<void> {
  const accounts = Map.groupBy(targets, ({ accountId }) => accountId);
  const outcomes = Promise.all([...accounts].map(([id, of]) => syncAccount(app, id, of)));
  showWhileItLasts(app, outcomes, () => cancelSync(app));
  summarise(app, (await outcomes).flat());
}

async function syncAccount(
  app: App,
  accountId: string,
  targets: readonly ServerTarget[],
): Promise<readonly Outcome[]> {
  const session = app.sessions.get(accountId);
  const results = (await session?.sync(targets.map(({ serverId }) => serverId))) ?? [];
  return results.map((result) => ({ accountId, result }));
}
