import * as vscode from "vscode";
import type { Disposable } from "../../base/emitter.ts";
import type { Account } from "../../domain/account.ts";
import { checkHealth } from "../../domain/checks/health.ts";
import { FindingFilter } from "../../domain/checks/settings.ts";
import { diagnose } from "../../domain/diagnosis/upstream.ts";
import { SERVER, type Server } from "../../domain/servers/server.ts";
import { notifyWarning } from "../../editor/notifications.ts";
import { findServer } from "../../engine/state.ts";
import type { ReadonlyStore } from "../../engine/store.ts";

/** Reports servers that were ready and aren't any more, once and with one action. */
export class HealthNotices {
  readonly #told = new Set<string>();

  /** Reports every server that stops working from now on. */
  follow(store: ReadonlyStore): Disposable {
    return store.onDidDiffer((difference) => {
      if (difference.kind !== "stoppedWorking") {
        return;
      }
      const { account, resources } = difference;
      const servers = resources
        .filter(({ kind }) => kind === SERVER)
        .flatMap(({ id }) => findServer(store.state, account.id, id)?.remote ?? []);
      void this.#tell(account, servers);
    });
  }

  /** Skips problems that somebody ignored or turned off. */
  async #tell(account: Account, servers: readonly Server[]): Promise<void> {
    const { checkSettings } = await loadProblems();
    const filter = new FindingFilter(checkSettings());
    const news = servers.filter(
      (server) => !this.#told.has(keyOf(account, server)) && isWanted(filter, server),
    );
    for (const server of news) {
      this.#told.add(keyOf(account, server));
    }
    const [only, second] = news;
    if (only === undefined) {
      return;
    }
    void (second === undefined ? tellOfOne(account, only) : tellOfMany(news.length));
  }
}

/** Loaded with the first server that stops working: most windows never need it. */
function loadProblems(): Promise<typeof import("./index.ts")> {
  return import("./index.ts");
}

function isWanted(filter: FindingFilter, server: Server): boolean {
  return checkHealth(server).some(
    (finding) => filter.pass({ server: server.id, finding }, undefined) !== undefined,
  );
}

/** Identifies a failure until the server has had a successful sync. */
function keyOf({ id }: Account, server: Server): string {
  const { status, error, lastSuccessfulSync } = server;
  return JSON.stringify([id, server.id, status, error, lastSuccessfulSync]);
}

async function tellOfOne({ id: accountId }: Account, server: Server): Promise<void> {
  const advice = diagnose(server);
  if (advice === undefined) {
    return;
  }
  const { addIgnored, remedyAction } = await loadProblems();
  const target = { kind: "server", accountId, serverId: server.id } as const;
  const action = remedyAction(advice.remedy, target);
  const ignore = vscode.l10n.t("Don't Show Again");
  const chosen = await notifyWarning(
    vscode.l10n.t("{0} has stopped working. {1}", server.name, advice.sentence),
    action.title,
    ignore,
  );
  if (chosen === action.title) {
    await vscode.commands.executeCommand(action.command, ...action.arguments);
  } else if (chosen === ignore) {
    for (const { rule } of checkHealth(server)) {
      await addIgnored({ rule, server: server.id, name: "" });
    }
  }
}

async function tellOfMany(count: number): Promise<void> {
  const chosen = await notifyWarning(
    vscode.l10n.t("{0} MCP servers have stopped working.", count),
    vscode.l10n.t("Show Problems"),
  );
  if (chosen !== undefined) {
    await vscode.commands.executeCommand("workbench.actions.view.problems");
  }
}
