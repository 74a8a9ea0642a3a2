import * as vscode from "vscode";
import type { RowArguments } from "../contributions.ts";
import { type Fix, type FixKind, fixInWords, fixOf } from "../model/checks/fixes.ts";
import { fixKindsOf } from "../model/checks/fixKinds.ts";
import { ExposedNames } from "../model/checks/proposals.ts";
import { applyEdit, type Edit } from "../model/edit.ts";
import { inertEntry } from "../model/inert.ts";
import { shownAccounts } from "../store/state.ts";
import { type Fixable, fixables } from "../ui/problems/fixables.ts";
import { fixKindInWords } from "../ui/problems/fixKindWords.ts";
import { sayInformation } from "../ui/say.ts";
import type { App } from "./app.ts";
import { type ServerEdit, saveEdits } from "./saveEdits.ts";
import { changeable } from "./targets.ts";

interface Planned extends ServerEdit {
  readonly fix: Fix;
  readonly serverName: string;
  readonly subject: string;
}

/** Asks for a rule and a kind of fix, and mends all of it. A script names both: "<rule> <fix>". */
export async function fixAll(app: App, { text }: RowArguments): Promise<void> {
  const shown = shownAccounts(app.store.state).map(({ account }) => account.id);
  const accounts = shown.map((accountId) => ({ kind: "account" as const, accountId }));
  const accountIds = changeable(app, accounts).map(({ accountId }) => accountId);
  if (accountIds.length === 0) return;
  const kinds = kindsOf(app, accountIds);
  if (kinds.length === 0) {
    void sayInformation(vscode.l10n.t("There is no problem to fix."));
    return;
  }
  const chosen =
    text === undefined
      ? await vscode.window.showQuickPick(kinds, {
          title: vscode.l10n.t("Fix all problems of which kind?"),
          matchOnDescription: true,
        })
      : kinds.find(({ rule, fix }) => `${rule} ${fix}` === text);
  if (chosen !== undefined) await fixAllOf(app, accountIds, chosen.rule, chosen.fix);
}

interface Kind extends vscode.QuickPickItem {
  readonly rule: string;
  readonly fix: FixKind;
}

function kindsOf(app: App, accountIds: readonly string[]): readonly Kind[] {
  const rules = new Set(
    accountIds.flatMap((accountId) =>
      app.problems
        .servers(accountId)
        .flatMap(({ id }) => app.problems.of({ accountId, serverId: id }))
        .map(({ rule }) => rule),
    ),
  );
  return [...rules].sort().flatMap((rule) =>
    fixKindsOf(rule).flatMap((kind) => {
      const [first] = plan(app, fixables(app.problems, accountIds, rule, kind).slice(0, 1), kind);
      if (first === undefined) return [];
      const count = fixables(app.problems, accountIds, rule, kind).length;
      const description = vscode.l10n.t("{0} × {1}", count, rule);
      return [{ label: fixKindInWords(kind), description, rule, fix: kind }];
    }),
  );
}

/** Shows every change first; one confirmation, one write a server. */
export async function fixAllOf(
  app: App,
  accountIds: readonly string[],
  rule: string,
  kind: FixKind,
): Promise<void> {
  const planned = plan(app, fixables(app.problems, accountIds, rule, kind), kind);
  if (planned.length === 0) return;
  const picked = await vscode.window.showQuickPick(
    planned.map((each) =>
      inertEntry({
        label: each.subject,
        description: each.serverName,
        detail: fixInWords(each.fix),
        picked: true,
        each,
      }),
    ),
    {
      title: vscode.l10n.t(
        "{0}: these {1} changes are saved",
        fixKindInWords(kind),
        planned.length,
      ),
      canPickMany: true,
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
  const edits = merged((picked ?? []).map(({ each }) => each));
  await saveEdits(app, edits, "fixed");
}

/** One after another, so that two new aliases don't collide with each other. */
function plan(app: App, all: readonly Fixable[], kind: FixKind): readonly Planned[] {
  const names = new Map<string, ExposedNames>();
  const drafts = new Map<string, Edit>();
  const { clients } = app.problems.settings;
  return all.flatMap(({ address, finding }) => {
    const { accountId, serverId } = address;
    const server = app.problems.server(address);
    if (server === undefined) return [];
    const taken = names.get(accountId) ?? new ExposedNames(app.problems.servers(accountId));
    names.set(accountId, taken);
    const key = `${accountId}/${serverId}`;
    const draft = applyEdit(server, drafts.get(key) ?? []);
    const fix = fixOf(kind, finding, { server: draft, names: taken, clients });
    if (fix === undefined) return [];
    drafts.set(key, [...(drafts.get(key) ?? []), ...fix.edit]);
    for (const { field, to } of fix.edit) {
      if (field.key === "alias" && typeof to === "string") taken.add(`${serverId}_${to}`);
    }
    const subject = finding.subject?.name ?? server.name;
    return [{ accountId, serverId, edit: fix.edit, fix, serverName: server.name, subject }];
  });
}

function merged(planned: readonly Planned[]): readonly ServerEdit[] {
  const servers = Map.groupBy(planned, ({ accountId, serverId }) => `${accountId}/${serverId}`);
  return [...servers.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { accountId, serverId } = first;
    return [{ accountId, serverId, edit: group.flatMap(({ edit }) => edit) }];
  });
}
