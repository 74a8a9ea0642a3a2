import * as vscode from "vscode";
import { listedInShort } from "../../base/text.ts";
import type { Ref } from "../../domain/changes/change.ts";
import type { DefinitionChange } from "../../domain/review/changes.ts";
import { serverRef } from "../../domain/servers/serverKind.ts";
import { flashStatus, notifyInformation } from "../../editor/notifications.ts";
import type { CommandArguments, Row, ServerTarget, Target } from "../../target.ts";
import { type Counted, countedInWords, countedProgress, saveCapabilities } from "../edits/index.ts";
import type { ProblemsContext } from "../problems/index.ts";
import { pickServers, serverName, treeContextOf } from "../targets/index.ts";
import { completeStep } from "../walkthrough.ts";
import { openChanges } from "./documents.ts";
import { changesBelow, rowOfChange } from "./nodes.ts";

/** A tab has little room. */
const NAMED_IN_TAB = 2;

interface ChangedServer {
  readonly server: ServerTarget;
  readonly changes: readonly DefinitionChange[];
}

/** Opens what changed since it was accepted: one tool as a diff, a server with all of its changes. */
export async function reviewChanges(app: ProblemsContext, args: CommandArguments): Promise<void> {
  const changed = await changedServers(app, args, vscode.l10n.t("Review the changes of servers"));
  const all = changed.flatMap(({ server, changes }) =>
    changes.map((change) => ({ server, change })),
  );
  const [first, second] = all;
  if (first === undefined) {
    return;
  }
  const names = changed.map(({ server }) => serverName(app, server.accountId, server.serverId));
  const title =
    second === undefined
      ? vscode.l10n.t("{0} (accepted ↔ now)", first.change.name)
      : vscode.l10n.t("{0}: changes to review", listedInShort(names, NAMED_IN_TAB));
  await openChanges(title, all);
  completeStep("reviewed");
}

/**
 * Takes changed definitions into the baseline. What changed since the row was drawn stays, and so does
 * what is left when somebody cancels.
 */
export async function acceptChanges(app: ProblemsContext, args: CommandArguments): Promise<void> {
  const changed = await changedServers(app, args, vscode.l10n.t("Accept the changes of servers"));
  const { accepted, failure } = await acceptAll(app, changed);
  forgetSyncs(app, accepted);
  const count = accepted.flatMap(({ changes }) => changes).length;
  if (count > 0) {
    app.findings.accept(accepted.flatMap(toolsOf));
    completeStep("reviewed");
  }
  if (failure !== undefined) {
    await app.reporter.reportFailure(acceptedInWords(accepted, changed), failure.error, () =>
      acceptChanges(app, args),
    );
  } else if (accepted.length < changed.length) {
    void notifyInformation(acceptedInWords(accepted, changed));
  } else if (count > 0) {
    flashStatus(
      count === 1
        ? vscode.l10n.t("1 change accepted.")
        : vscode.l10n.t("{0} changes accepted.", count),
    );
  }
}

interface Acceptances {
  readonly accepted: readonly ChangedServer[];
  readonly failure: { readonly error: unknown } | undefined;
}

/** One server after the other, until one fails or somebody cancels. */
function acceptAll(app: ProblemsContext, changed: readonly ChangedServer[]): Thenable<Acceptances> {
  const accepted: ChangedServer[] = [];
  const acceptEach = async ({ ended, token }: Counted): Promise<Acceptances> => {
    for (const each of changed) {
      if (token?.isCancellationRequested) {
        break;
      }
      try {
        await app.reviews.accept(each.server, each.changes);
      } catch (error) {
        return { accepted, failure: { error } };
      }
      accepted.push(each);
      ended();
    }
    return { accepted, failure: undefined };
  };
  return countedProgress(
    vscode.l10n.t("Accepting changes"),
    changed.map(withRef),
    acceptEach,
    true,
  );
}

function toolsOf({ server: { accountId, serverId }, changes }: ChangedServer) {
  const tools = changes.filter(({ kind }) => kind === "tool");
  return tools.map(({ name }) => ({ accountId, serverId, name }));
}

/** Where not all was accepted. */
function acceptedInWords(
  accepted: readonly ChangedServer[],
  changed: readonly ChangedServer[],
): string {
  return accepted.length === 0
    ? vscode.l10n.t("Nothing was accepted.")
    : vscode.l10n.t(
        "Accepted the changes of {0}. The rest still waits in Review.",
        countedInWords(accepted.length, changed.map(withRef)),
      );
}

function withRef({ server: { accountId, serverId } }: ChangedServer): { readonly ref: Ref } {
  return { ref: serverRef(accountId, serverId) };
}

/** Rows say what the last sync brought. After it is accepted, that would look as if it still waited. */
function forgetSyncs({ reviews, sessions }: ProblemsContext, changed: readonly ChangedServer[]) {
  const settled = changed.filter(({ server }) => reviews.snapshot.of(server).length === 0);
  for (const [accountId, of] of Map.groupBy(settled, ({ server }) => server.accountId)) {
    sessions.get(accountId)?.forgetSyncs(of.map(({ server }) => server.serverId));
  }
}

/** Turns off what is new or changed on servers, as one write of each that can be undone. */
export async function disableChanged(app: ProblemsContext, args: CommandArguments): Promise<void> {
  const changed = await changedServers(app, args, vscode.l10n.t("Disable new and changed tools"));
  await saveCapabilities(
    app,
    changed.flatMap(({ server, changes }) =>
      changes
        .filter(({ how }) => how !== "removed")
        .map((change) => ({ target: rowOfChange(server, change), values: { enabled: false } })),
    ),
  );
}

async function changedServers(
  app: ProblemsContext,
  args: CommandArguments,
  title: string,
): Promise<readonly ChangedServer[]> {
  const rows = args.rows?.filter(isOnServer) ?? (await pickChanged(app, args, title));
  return joined(rows.flatMap((row) => changesBelow(treeContextOf(app), row)));
}

async function pickChanged(
  app: ProblemsContext,
  { accountIds }: CommandArguments,
  title: string,
): Promise<readonly Target[]> {
  const context = treeContextOf(app);
  const changed = accountIds.flatMap((accountId) =>
    changesBelow(context, { kind: "account", accountId }),
  );
  if (changed.length === 0) {
    void notifyInformation(vscode.l10n.t("Nothing has changed since it was accepted."));
    return [];
  }
  const reviewed = new Set(changed.map(({ server }) => addressOf(server)));
  return pickServers(app, accountIds, {
    title,
    many: true,
    applies: (_, target) => reviewed.has(addressOf(target)),
    inWords: (target) => context.review.inWords(target),
  });
}

const addressOf = ({ accountId, serverId }: ServerTarget): string => `${accountId}/${serverId}`;

/** Rows of portals have no definitions of their own. */
function isOnServer(row: Row): row is Target {
  return !("portalId" in row && row.portalId !== undefined);
}

/** One for each server, and each change once, where a server and its tools are selected together. */
function joined(all: readonly ChangedServer[]): readonly ChangedServer[] {
  const groups = Map.groupBy(all, ({ server }) => addressOf(server));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const changes = new Set(group.flatMap((each) => each.changes));
    return first === undefined ? [] : [{ server: first.server, changes: [...changes] }];
  });
}
