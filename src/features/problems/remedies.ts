import * as vscode from "vscode";
import { type Finding, isHealth, type RuleCommand } from "../../domain/checks/finding.ts";
import {
  FIX_KINDS,
  type Fix,
  type FixContext,
  type FixKind,
  fixesOf,
} from "../../domain/checks/fixes.ts";
import type { Remedy } from "../../domain/diagnosis/diagnosis.ts";
import { diagnose } from "../../domain/diagnosis/upstream.ts";
import type { Server } from "../../domain/servers/server.ts";
import { isReadOnly, type State } from "../../engine/state.ts";
import { COMMANDS, type CommandId, FIX_COMMANDS } from "../../manifest.ts";
import type { ProblemAddress, Row, Target } from "../../target.ts";
import { isRefusedCode } from "./accountChecks.ts";

/** One remedy for a finding. `fix` is set when it changes the server or portal. */
export interface FindingRemedy {
  readonly title: string;
  readonly command: string;
  readonly arguments: readonly unknown[];
  /** The finding that it is for. */
  readonly request: FixRequest;
  readonly fix?: Fix;
}

/** A key to merge a remedy that several problems of one tool share. */
export function remedyKey({ title, request }: FindingRemedy): string {
  const { accountId, portalId = null, serverId, kind, name } = request;
  return JSON.stringify([title, accountId, portalId, serverId, kind, name]);
}

/** The most helpful remedy first. Ignoring the problem, where it is possible, comes last. */
export function remediesOf(
  state: State,
  address: ProblemAddress,
  finding: Finding,
  around: FixContext,
): readonly FindingRemedy[] {
  const request = requestOf(address, finding, "");
  const isRefused = isRefusedCode(finding.rule);
  const health =
    isHealth(finding) && around.portal === undefined ? healthRemedies(around.server, address) : [];
  const refused = isRefused ? refusedRemedies(finding, address) : [];
  const all: readonly FindingRemedy[] = [
    ...[...health, ...refused].map((action) => ({ ...action, request })),
    ...ruleRemedies(finding, request),
    ...fixesOf(finding, around).map((fix) => ({
      ...remedy(fix.title, FIX_COMMANDS.apply, requestOf(address, finding, fix.kind)),
      fix,
    })),
    ...reportRemedies(finding, request),
    // A refusal can't be ignored: it disappears with the next save or refresh.
    ...(isRefused ? [] : [remedy(ignoreTitle(finding, address), FIX_COMMANDS.ignore, request)]),
  ];
  return isReadOnly(state, address.accountId)
    ? all.filter(({ command }) => WITHOUT_WRITING.has(command))
    : all;
}

/** Commands that change nothing at Cloudflare. A sync isn't one of them. */
const WITHOUT_WRITING: ReadonlySet<string> = new Set([
  FIX_COMMANDS.accept,
  FIX_COMMANDS.copyReport,
  FIX_COMMANDS.ignore,
  FIX_COMMANDS.forgetLost,
  COMMANDS.explain,
  COMMANDS.openDashboard,
  COMMANDS.showLog,
  COMMANDS.verifyPortal,
]);

function remedy(title: string, command: string, request: FixRequest): FindingRemedy {
  return { title, command, arguments: [request], request };
}

/** The command that the finding's rule names. */
function ruleRemedies({ command }: Finding, request: FixRequest): readonly FindingRemedy[] {
  if (command === undefined) {
    return [];
  }
  switch (command) {
    case "accept":
      return [remedy(vscode.l10n.t("Accept Change"), FIX_COMMANDS.accept, request)];
    case "chooseDisabled": {
      const title = vscode.l10n.t("Choose Tools to Disable…");
      return [remedy(title, FIX_COMMANDS.chooseDisabled, request)];
    }
    case "copyReport":
      return [];
    case "addToPortal":
      return [remedy(vscode.l10n.t("Add to Portal…"), FIX_COMMANDS.addToPortal, request)];
    case "selectTools":
      return [remedy(vscode.l10n.t("Select Tools…"), FIX_COMMANDS.selectTools, request)];
    case "forgetLost":
      return [remedy(vscode.l10n.t("Forget Lost Override"), FIX_COMMANDS.forgetLost, request)];
    case "compareLive":
      return liveRemedies(request);
    case "addServers":
    case "removeServer":
    case "explain":
    case "useAdminCredential":
      return portalCommand(command, request);
  }
}

/** Whoever can't reconnect VS Code is told why by the chain. */
function liveRemedies(request: FixRequest): readonly FindingRemedy[] {
  const { accountId, portalId, serverId, kind, name, rule } = request;
  if (portalId === undefined) {
    return [];
  }
  const portal: Row = { kind: "portal", accountId, portalId };
  const again = {
    title: vscode.l10n.t("Reconnect and Compare Again"),
    command: COMMANDS.verifyPortal,
    arguments: [portal, undefined, "reconnect"],
    request,
  };
  if (rule !== "live/missing") {
    return [again];
  }
  const row: Row = kind === "tool" ? { kind, accountId, portalId, serverId, name } : portal;
  const title = vscode.l10n.t("Why Can't They See It?");
  return [again, { title, command: COMMANDS.explain, arguments: [row], request }];
}

/** A command of the Portals view, on the row of the portal or of its mapping. */
function portalCommand(command: PortalCommand, request: FixRequest): readonly FindingRemedy[] {
  const { accountId, portalId, serverId } = request;
  if (portalId === undefined) {
    return [];
  }
  const portal: Row = { kind: "portal", accountId, portalId };
  const mapping: Row = { kind: "mapping", accountId, portalId, serverId };
  const on = (row: Row, command: CommandId, title: string): readonly FindingRemedy[] => [
    { title, command, arguments: [row], request },
  ];
  switch (command) {
    case "addServers":
      return on(portal, COMMANDS.attachServers, vscode.l10n.t("Add Servers to Portal…"));
    case "removeServer": {
      const title = vscode.l10n.t("Remove from Portal…");
      return serverId === ""
        ? [remedy(title, FIX_COMMANDS.removeFromPortal, request)]
        : on(mapping, COMMANDS.detachServer, title);
    }
    case "explain":
      return on(
        serverId === "" ? portal : mapping,
        COMMANDS.explain,
        vscode.l10n.t("Why Can't They See It?"),
      );
    case "useAdminCredential":
      return on(mapping, COMMANDS.useAdminCredential, vscode.l10n.t("Use the Admin Credential"));
  }
}

type PortalCommand = Extract<
  RuleCommand,
  "addServers" | "removeServer" | "explain" | "useAdminCredential"
>;

/** Only the upstream can mend its tool, so this comes after what helps at once. */
function reportRemedies({ command }: Finding, request: FixRequest): readonly FindingRemedy[] {
  return command === "copyReport"
    ? [remedy(vscode.l10n.t("Copy Report for the Upstream"), FIX_COMMANDS.copyReport, request)]
    : [];
}

function ignoreTitle({ rule, subject, mapping }: Finding, { portalId }: ProblemAddress): string {
  switch (subject?.kind) {
    case "tool":
      return vscode.l10n.t("Ignore {0} for This Tool", rule);
    case "prompt":
      return vscode.l10n.t("Ignore {0} for This Prompt", rule);
    case undefined:
      return portalId !== undefined && mapping === undefined
        ? vscode.l10n.t("Ignore {0} for This Portal", rule)
        : vscode.l10n.t("Ignore {0} for This Server", rule);
  }
}

/** The best remedy first. Syncing again and the log always make sense. */
function healthRemedies(server: Server, address: ProblemAddress): readonly RemedyAction[] {
  const best = diagnose(server)?.remedy ?? "syncAgain";
  const { accountId, serverId } = address;
  return [...new Set<Remedy>([best, "syncAgain", "showLog"])].map((remedy) =>
    remedyAction(remedy, { kind: "server", accountId, serverId }),
  );
}

/** Changes the refused value, or shows Cloudflare's answer in the log. */
function refusedRemedies(
  finding: Finding,
  { accountId, serverId, portalId }: ProblemAddress,
): readonly RemedyAction[] {
  const { path, subject } = finding;
  const key = path.at(-1);
  const showLog = {
    title: vscode.l10n.t("Show Log"),
    command: COMMANDS.showLog,
    arguments: [],
  };
  if (subject !== undefined) {
    const edit = capabilityEdit(key);
    const row = {
      ...subject,
      accountId,
      serverId,
      ...(portalId === undefined ? {} : { portalId }),
    };
    return [...(edit === undefined ? [] : [{ ...edit, arguments: [row] }]), showLog];
  }
  const edit =
    finding.mapping === undefined && (key === "name" || key === "description")
      ? nameEdit({ accountId, serverId, portalId })
      : undefined;
  return [...(edit === undefined ? [] : [edit]), showLog];
}

function nameEdit({ accountId, serverId, portalId }: ProblemAddress): RemedyAction {
  const title = vscode.l10n.t("Edit Name and Description…");
  return portalId === undefined
    ? {
        title,
        command: COMMANDS.editServer,
        arguments: [{ kind: "server", accountId, serverId }],
      }
    : { title, command: COMMANDS.editPortal, arguments: [{ kind: "portal", accountId, portalId }] };
}

type Edit = { readonly title: string; readonly command: CommandId } | undefined;

function capabilityEdit(property: string | undefined): Edit {
  switch (property) {
    case "alias":
      return { title: vscode.l10n.t("Edit Alias…"), command: COMMANDS.editAlias };
    case "description":
      return { title: vscode.l10n.t("Edit Description…"), command: COMMANDS.editDescription };
    default:
      return undefined;
  }
}

/** The argument of a quick fix's command: the finding and the fix. */
export interface FixRequest extends ProblemAddress {
  readonly rule: string;
  /** "tool", "prompt", or "" for the server or portal itself. */
  readonly kind: string;
  readonly name: string;
  /** A kind of fix, or "" for a remedy that changes no override. */
  readonly fix: string;
}

function requestOf(address: ProblemAddress, finding: Finding, fix: FixKind | ""): FixRequest {
  const { rule, subject } = finding;
  const { accountId, serverId, portalId } = address;
  return {
    accountId,
    serverId,
    ...(portalId === undefined ? {} : { portalId }),
    rule,
    kind: subject?.kind ?? "",
    name: subject?.name ?? "",
    fix,
  };
}

const KEYS = ["accountId", "serverId", "rule", "kind", "name", "fix"] as const;

/** Checks the argument, because anyone can call a command with anything. */
export function isRequest(value: unknown): value is FixRequest {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  const has = (key: string): boolean => typeof Reflect.get(value, key) === "string";
  return KEYS.every(has) && (Reflect.get(value, "portalId") === undefined || has("portalId"));
}

export function isAbout(
  { rule, kind, name, portalId, serverId }: FixRequest,
  finding: Finding,
): boolean {
  const { subject, mapping = "" } = finding;
  if (portalId !== undefined && mapping !== serverId) {
    return false;
  }
  return finding.rule === rule && (subject?.kind ?? "") === kind && (subject?.name ?? "") === name;
}

export function fixKind(text: string): FixKind | undefined {
  return FIX_KINDS.find((kind) => kind === text);
}

/** A command that helps with a failing server. */
interface RemedyAction {
  readonly title: string;
  readonly command: CommandId;
  readonly arguments: readonly unknown[];
}

/** The log where the account is read-only and the remedy changes something at Cloudflare. */
export function allowedRemedy(
  state: State,
  remedy: Remedy,
  target: Exclude<Target, { kind: "account" }>,
): RemedyAction {
  const best = remedyAction(remedy, target);
  return isReadOnly(state, target.accountId) && !WITHOUT_WRITING.has(best.command)
    ? remedyAction("showLog", target)
    : best;
}

export function remedyAction(remedy: Remedy, target: Target): RemedyAction {
  switch (remedy) {
    case "syncAgain":
      return action(vscode.l10n.t("Sync Again"), COMMANDS.syncServer, target);
    case "setCredentials":
      return action(
        vscode.l10n.t("Set Upstream Credentials…"),
        COMMANDS.setUpstreamCredentials,
        target,
      );
    case "openDashboard":
      return action(vscode.l10n.t("Open in Cloudflare Dashboard"), COMMANDS.openDashboard, target);
    case "showLog":
      return { title: vscode.l10n.t("Show Log"), command: COMMANDS.showLog, arguments: [] };
  }
}

function action(title: string, command: CommandId, target: Target): RemedyAction {
  return { title, command, arguments: [target] };
}
