import * as vscode from "vscode";
import { catalogueOf } from "../../domain/catalogue/layers.ts";
import type { Finding } from "../../domain/checks/finding.ts";
import { overrideValues } from "../../domain/servers/fields.ts";
import { escapeItem } from "../../editor/escape.ts";
import { flashStatus, notifyInformation } from "../../editor/notifications.ts";
import { findServer, shownAccounts } from "../../engine/state.ts";
import { FIX_COMMANDS, type FixCommandId } from "../../manifest.ts";
import type { CommandArguments, Target } from "../../target.ts";
import { saveEdits, serverChanges } from "../edits/index.ts";
import {
  isChangeable,
  isInServers,
  pickMany,
  serverName,
  tellAccountReadOnly,
} from "../targets/index.ts";
import type { ProblemsContext } from "./findings.ts";
import { fixAllOf } from "./fixAll.ts";
import { AccountNames } from "./fixPlan.ts";
import { ignore } from "./ignored.ts";
import {
  type FindingRemedy,
  type FixRequest,
  fixKind,
  isAbout,
  isRequest,
  remediesOf,
  remedyKey,
} from "./remedies.ts";
import { findingsOfRow } from "./rowDecorations.ts";

/** Lists all remedies for the problems of a row. A script may name one by its title. */
export async function fixProblems(app: ProblemsContext, args: CommandArguments): Promise<void> {
  const remedies = choicesOf(app, args.rows?.filter(isInServers) ?? allServers(app));
  if (remedies.length === 0) {
    void notifyInformation(vscode.l10n.t("There is no problem to fix here."));
    return;
  }
  const chosen =
    args.text === undefined
      ? await vscode.window.showQuickPick(remedies.map(escapeItem), {
          title: vscode.l10n.t("Fix which problem?"),
          matchOnDescription: true,
          matchOnDetail: true,
        })
      : remedies.find(({ title }) => title === args.text);
  if (chosen !== undefined) {
    await vscode.commands.executeCommand(chosen.command, ...chosen.arguments);
  }
}

interface Choice extends vscode.QuickPickItem, FindingRemedy {
  readonly detail: string;
}

/** Merges a remedy of several problems into one choice that names all of them. */
function choicesOf(app: ProblemsContext, among: readonly Target[]): readonly Choice[] {
  const choices = new Map<string, Choice>();
  const names = new AccountNames(app);
  for (const { remedy, finding } of among.flatMap((row) => offersOf(app, names, row))) {
    const key = remedyKey(remedy);
    const known = choices.get(key);
    choices.set(key, {
      ...(known ?? { ...remedy, label: remedy.title, description: whereOf(app, remedy) }),
      detail: known === undefined ? finding.message : `${known.detail} · ${finding.message}`,
    });
  }
  return [...choices.values()];
}

/** The tool or prompt, its server, and its account where there are several. */
function whereOf(
  app: ProblemsContext,
  { request: { accountId, serverId, name } }: FindingRemedy,
): string {
  const accounts = shownAccounts(app.store.state);
  const account = accounts.find((each) => each.account.id === accountId)?.account.name;
  const parts = [name, serverName(app, accountId, serverId), accounts.length > 1 ? account : ""];
  return parts.filter(Boolean).join(" · ");
}

function offersOf(
  { store, findings }: ProblemsContext,
  accounts: AccountNames,
  row: Target,
): readonly { readonly remedy: FindingRemedy; readonly finding: Finding }[] {
  if (row.kind === "account" || row.kind === "group") {
    return [];
  }
  const server = findServer(store.state, row.accountId, row.serverId)?.optimistic;
  if (server === undefined) {
    return [];
  }
  const names = accounts.of(row.accountId);
  const around = { server, names, clients: findings.settings.clients };
  return findingsOfRow(findings, row).flatMap((finding) =>
    remediesOf(store.state, row, finding, around).map((remedy) => ({ remedy, finding })),
  );
}

function allServers({ store }: ProblemsContext): readonly Target[] {
  return shownAccounts(store.state).flatMap(
    ({
      account,
      collections: {
        server: { items: servers },
      },
    }) =>
      [...servers.keys()].map((serverId) => ({
        kind: "server" as const,
        accountId: account.id,
        serverId,
      })),
  );
}

const WRITING: ReadonlySet<FixCommandId> = new Set([
  FIX_COMMANDS.apply,
  FIX_COMMANDS.applyAll,
  FIX_COMMANDS.chooseDisabled,
]);

/** Runs a quick fix. Looks up the problem again, because it may be gone. */
export function runFix(app: ProblemsContext, id: FixCommandId, request: unknown): unknown {
  if (!isRequest(request)) {
    return undefined;
  }
  if (WRITING.has(id) && !isChangeable(app, request)) {
    tellAccountReadOnly(app, request);
    return undefined;
  }
  switch (id) {
    case FIX_COMMANDS.apply:
      return applyFix(app, request);
    case FIX_COMMANDS.applyAll:
      return applyAll(app, request);
    case FIX_COMMANDS.chooseDisabled:
      return chooseDisabled(app, request);
    case FIX_COMMANDS.accept:
      return app.findings.accept(request, request.name);
    case FIX_COMMANDS.copyReport:
      return copyReport(app, request);
    case FIX_COMMANDS.ignore:
      return ignore(request);
  }
}

async function applyAll(app: ProblemsContext, { accountId, rule, fix }: FixRequest): Promise<void> {
  const kind = fixKind(fix);
  if (kind !== undefined) {
    await fixAllOf(app, [accountId], rule, kind);
  }
}

async function applyFix(app: ProblemsContext, request: FixRequest): Promise<void> {
  const { fix } =
    remediesFor(app, request).find((remedy) => remedy.fix?.kind === request.fix) ?? {};
  if (fix !== undefined) {
    await saveEdits(app, serverChanges(app, request, fix.values), "fixed");
  }
}

function remediesFor(app: ProblemsContext, request: FixRequest): readonly FindingRemedy[] {
  const { store, findings } = app;
  const server = findServer(store.state, request.accountId, request.serverId)?.optimistic;
  if (server === undefined) {
    return [];
  }
  const found = findings.of(request).filter((finding) => isAbout(request, finding));
  const names = new AccountNames(app).of(request.accountId);
  const around = { server, names, clients: findings.settings.clients };
  return found.flatMap((finding) => remediesOf(store.state, request, finding, around));
}

/** Copies what the upstream's maintainer has to know of a tool's definition. */
async function copyReport(app: ProblemsContext, request: FixRequest): Promise<void> {
  const server = findServer(app.store.state, request.accountId, request.serverId)?.optimistic;
  const shown = server && catalogueOf(server).find("tool", request.name);
  // The tables of the clients come with the rules, which a window loads later.
  const { upstreamReport } = await import("../../domain/clients/upstreamReport.ts");
  const report = shown && upstreamReport(shown.capability);
  if (report !== undefined) {
    await vscode.env.clipboard.writeText(report);
    flashStatus(vscode.l10n.t("Copied a report on {0}", request.name));
  }
}

async function chooseDisabled(app: ProblemsContext, request: FixRequest): Promise<void> {
  const server = findServer(app.store.state, request.accountId, request.serverId)?.optimistic;
  if (server === undefined) {
    return;
  }
  const tools = catalogueOf(server).tools.filter(({ enabled }) => enabled);
  const picked = await pickMany(
    tools.map(({ label, name, description }) =>
      escapeItem({ label, name, detail: description ?? "" }),
    ),
    { title: vscode.l10n.t("Disable which tools of {0}?", server.name) },
  );
  const values = picked.flatMap(({ name }) =>
    overrideValues({ kind: "tool", name }, { enabled: false }),
  );
  if (values.length > 0) {
    await saveEdits(app, serverChanges(app, request, values, server), "fixed");
  }
}
