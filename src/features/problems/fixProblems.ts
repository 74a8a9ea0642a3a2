import * as vscode from "vscode";
import { catalogueOf } from "../../domain/catalogue/serverCatalogue.ts";
import type { Finding } from "../../domain/checks/finding.ts";
import { overrideValues } from "../../domain/servers/fields.ts";
import { escapeItem } from "../../editor/escape.ts";
import { flashStatus, notifyInformation } from "../../editor/notifications.ts";
import { findServer, shownAccounts } from "../../engine/state.ts";
import { COMMANDS, FIX_COMMANDS, type FixCommandId } from "../../manifest.ts";
import type { CommandArguments, Row } from "../../target.ts";
import { portalChanges, saveEdits, serverChanges } from "../edits/index.ts";
import { selectCostliest } from "../selection/index.ts";
import {
  isChangeable,
  mappingTargets,
  pickMany,
  portalName,
  portalTargets,
  serverName,
  tellAccountReadOnly,
} from "../targets/index.ts";
import type { ProblemsContext } from "./findings.ts";
import { fixAllOf } from "./fixAll.ts";
import { chooseFix, fixGroups } from "./fixGroups.ts";
import { FixContexts } from "./fixPlan.ts";
import { ignore } from "./ignored.ts";
import { forgetLost, settleLost } from "./lostFixes.ts";
import {
  type FindingRemedy,
  type FixRequest,
  fixKind,
  isAbout,
  isRequest,
  remediesOf,
} from "./remedies.ts";

/** Lists all problems of a row with their remedies. A script may name a remedy by its title. */
export async function fixProblems(app: ProblemsContext, args: CommandArguments): Promise<void> {
  const groups = fixGroups(app, args.rows ?? allResources(app));
  if (groups.length === 0) {
    void notifyInformation(vscode.l10n.t("There is no problem to fix here."));
    return;
  }
  const remedies = groups.flatMap((group) => group.remedies);
  const chosen =
    args.text === undefined
      ? await chooseFix(groups)
      : remedies.find(({ title }) => title === args.text);
  if (chosen !== undefined) {
    await vscode.commands.executeCommand(chosen.command, ...chosen.arguments);
  }
}

function allResources({ store }: ProblemsContext): readonly Row[] {
  return shownAccounts(store.state).flatMap(({ account: { id: accountId }, collections }) => [
    ...[...collections.portal.items.keys()].map(
      (portalId): Row => ({ kind: "portal", accountId, portalId }),
    ),
    ...[...collections.server.items.keys()].map(
      (serverId): Row => ({ kind: "server", accountId, serverId }),
    ),
  ]);
}

const WRITING: ReadonlySet<FixCommandId> = new Set([
  FIX_COMMANDS.apply,
  FIX_COMMANDS.applyAll,
  FIX_COMMANDS.chooseDisabled,
  FIX_COMMANDS.addToPortal,
  FIX_COMMANDS.removeFromPortal,
  FIX_COMMANDS.selectTools,
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
    case FIX_COMMANDS.addToPortal:
      return addToPortal(app, request);
    case FIX_COMMANDS.removeFromPortal:
      return removeFromPortal(app, request);
    case FIX_COMMANDS.forgetLost:
      return forgetRequested(app, request);
    case FIX_COMMANDS.selectTools:
      return selectCostliest(app, rowOf(request));
    case FIX_COMMANDS.accept:
      return app.findings.accept([request]);
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
  const [finding] = findingsFor(app, request);
  const { fix } =
    remediesFor(app, request).find((remedy) => remedy.fix?.kind === request.fix) ?? {};
  if (fix === undefined || finding === undefined) {
    return;
  }
  const { accountId, portalId } = request;
  const changes =
    portalId === undefined
      ? serverChanges(app, request, fix.values)
      : portalChanges(app, { accountId, portalId }, fix.values);
  await saveEdits(app, changes, "fixed");
  await settleLost(app, [{ address: request, finding, fix }]);
}

function findingsFor({ findings }: ProblemsContext, request: FixRequest): readonly Finding[] {
  const { accountId, portalId } = request;
  const found =
    portalId === undefined ? findings.of(request) : findings.ofPortal({ accountId, portalId });
  return found.filter((finding) => isAbout(request, finding));
}

function remediesFor(app: ProblemsContext, request: FixRequest): readonly FindingRemedy[] {
  const context = new FixContexts(app).of(request);
  return context === undefined
    ? []
    : findingsFor(app, request).flatMap((finding) =>
        remediesOf(app.store.state, request, finding, context),
      );
}

/** Asks for the portal, and adds the server to it. */
async function addToPortal(
  app: ProblemsContext,
  { accountId, serverId }: FixRequest,
): Promise<void> {
  const [portal] = await portalTargets(
    app,
    { rows: undefined, text: undefined, accountIds: [accountId] },
    {
      title: vscode.l10n.t("Add {0} to which portal?", serverName(app, accountId, serverId)),
      many: false,
    },
  );
  if (portal !== undefined) {
    const row = { kind: "portal", ...portal };
    await vscode.commands.executeCommand(COMMANDS.attachServers, row, undefined, serverId);
  }
}

/** Asks which servers of the portal, and removes them as the command of the view does. */
async function removeFromPortal(
  app: ProblemsContext,
  { accountId, portalId }: FixRequest,
): Promise<void> {
  if (portalId === undefined) {
    return;
  }
  const portal = { accountId, portalId };
  const targets = await mappingTargets(
    app,
    { rows: undefined, text: undefined, accountIds: [accountId] },
    {
      title: vscode.l10n.t("Remove which servers from {0}?", portalName(app, portal)),
      many: true,
      among: portal,
      applies: () => true,
    },
  );
  if (targets.length > 0) {
    await vscode.commands.executeCommand(COMMANDS.detachServer, targets[0], targets);
  }
}

async function forgetRequested(app: ProblemsContext, request: FixRequest): Promise<void> {
  const { kind, name } = request;
  if (kind === "tool" || kind === "prompt") {
    await forgetLost(app, request, { kind, name });
  }
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

/** The server or portal that is over its budget; also where one of its tools is. */
function rowOf({ accountId, portalId, serverId }: FixRequest): Row {
  return portalId === undefined
    ? { kind: "server", accountId, serverId }
    : { kind: "portal", accountId, portalId };
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
