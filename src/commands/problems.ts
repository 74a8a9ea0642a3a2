import * as vscode from "vscode";
import {
  FIX_COMMANDS,
  type FixCommandId,
  type RowArguments,
  type Target,
} from "../contributions.ts";
import { catalogueOf } from "../model/catalogue.ts";
import { capabilityEdit } from "../model/edit.ts";
import { shownAccounts } from "../store/state.ts";
import { type Remedy, remediesOf } from "../ui/problems/remedies.ts";
import type { FixRequest } from "../ui/problems/requests.ts";
import { fixKind, isAbout, isRequest } from "../ui/problems/requests.ts";
import { findingsOfRow } from "../ui/problems/rows.ts";
import { ignored, saveIgnored } from "../ui/problems/settings.ts";
import type { App } from "./app.ts";
import { fixAllOf } from "./fixAll.ts";
import { saveEdits } from "./saveEdits.ts";
import { rows } from "./targets.ts";

/** What a quick fix runs. It looks at the problem afresh: what it was made for may be gone. */
export function runFix(app: App, id: FixCommandId, request: unknown): unknown {
  if (!isRequest(request)) return undefined;
  switch (id) {
    case FIX_COMMANDS.apply:
      return applyFix(app, request);
    case FIX_COMMANDS.applyAll:
      return applyAll(app, request);
    case FIX_COMMANDS.chooseDisabled:
      return chooseDisabled(app, request);
    case FIX_COMMANDS.accept:
      return app.problems.accept(request, request.name);
    case FIX_COMMANDS.ignore:
      return ignore(request);
  }
}

async function applyAll(app: App, { accountId, rule, fix }: FixRequest): Promise<void> {
  const kind = fixKind(fix);
  if (kind !== undefined) await fixAllOf(app, [accountId], rule, kind);
}

async function applyFix(app: App, request: FixRequest): Promise<void> {
  const edit = remediesFor(app, request).find(({ fix }) => fix?.kind === request.fix)?.fix?.edit;
  const { accountId, serverId } = request;
  if (edit !== undefined) await saveEdits(app, [{ accountId, serverId, edit }]);
}

function remediesFor({ problems }: App, request: FixRequest): readonly Remedy[] {
  const server = problems.server(request);
  if (server === undefined) return [];
  const findings = problems.of(request).filter((finding) => isAbout(request, finding));
  return findings.flatMap((finding) => remediesOf(problems, request, server, finding));
}

async function ignore({ rule, serverId, name }: FixRequest): Promise<void> {
  await saveIgnored([...ignored(), { rule, server: serverId, name }]);
}

/** All that can be done about the problems of a row; a script may name one by its title. */
export async function fixProblems(app: App, args: RowArguments): Promise<void> {
  const remedies = (rows(app, args) ?? allServers(app)).flatMap((row) => {
    if (row.kind === "account" || row.kind === "group") return [];
    const server = app.problems.server(row);
    if (server === undefined) return [];
    return findingsOfRow(app.problems, row).flatMap((finding) =>
      remediesOf(app.problems, row, server, finding).map((remedy) => ({
        ...remedy,
        label: remedy.title,
        description: finding.rule,
        detail: finding.message,
      })),
    );
  });
  if (remedies.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t("There is no problem to fix here."));
    return;
  }
  const chosen =
    args.text === undefined
      ? await vscode.window.showQuickPick(remedies, {
          title: vscode.l10n.t("Fix which problem?"),
          matchOnDescription: true,
          matchOnDetail: true,
        })
      : remedies.find(({ title }) => title === args.text);
  if (chosen !== undefined) await vscode.commands.executeCommand(chosen.command, chosen.request);
}

function allServers({ store }: App): readonly Target[] {
  return shownAccounts(store.state).flatMap(({ account, servers }) =>
    [...servers.keys()].map((serverId) => ({
      kind: "server" as const,
      accountId: account.id,
      serverId,
    })),
  );
}

async function chooseDisabled(app: App, request: FixRequest): Promise<void> {
  const server = app.problems.server(request);
  if (server === undefined) return;
  const tools = catalogueOf(server).tools.filter(({ enabled }) => enabled);
  const picked = await vscode.window.showQuickPick(
    tools.map(({ label, name, description }) => ({ label, name, detail: description ?? "" })),
    { title: vscode.l10n.t("Disable which tools of {0}?", server.name), canPickMany: true },
  );
  const edits = (picked ?? []).map(({ name }) => ({ kind: "tool" as const, name, enabled: false }));
  const { accountId, serverId } = request;
  if (edits.length > 0) {
    await saveEdits(app, [{ accountId, serverId, edit: capabilityEdit(edits) }]);
  }
}

/** What stays picked stays ignored. */
export async function manageIgnored(app: App): Promise<void> {
  const entries = ignored();
  if (entries.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t("No problem is ignored."));
    return;
  }
  const names = serverNames(app);
  const picked = await vscode.window.showQuickPick(
    entries.map((entry) => ({
      label: entry.rule,
      description: [names.get(entry.server) ?? entry.server, entry.name].join(" · "),
      picked: true,
      entry,
    })),
    {
      title: vscode.l10n.t("Ignored problems: those without a tick are shown again"),
      canPickMany: true,
      matchOnDescription: true,
    },
  );
  if (picked !== undefined) await saveIgnored(picked.map(({ entry }) => entry));
}

function serverNames({ store }: App): ReadonlyMap<string, string> {
  const servers = shownAccounts(store.state).flatMap((account) => [...account.servers]);
  return new Map(servers.map(([id, { server }]) => [id, server.name]));
}
