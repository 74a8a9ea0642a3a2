import * as vscode from "vscode";
import { COMMANDS, FIX_COMMANDS, type ServerAddress } from "../../contributions.ts";
import type { Finding } from "../../model/checks/finding.ts";
import type { Fix, Surroundings } from "../../model/checks/fix.ts";
import { fixesOf } from "../../model/checks/fixes.ts";
import { healthRemedies, isHealth } from "./healthRemedies.ts";
import type { Problems } from "./problems.ts";
import { isRefusedCode } from "./refused.ts";
import { refusedRemedies } from "./refusedRemedies.ts";
import { type FixRequest, requestOf } from "./requests.ts";

/** One thing that can be done about a finding; `fix` is there when it's a change of the server. */
export interface FindingRemedy {
  readonly title: string;
  readonly command: string;
  readonly arguments: readonly unknown[];
  /** Which finding it is for. */
  readonly request: FixRequest;
  readonly fix?: Fix;
}

/** Problems of one tool can have a remedy in common, which is then offered once. */
export function remedyKey({ title, request }: FindingRemedy): string {
  const { accountId, serverId, kind, name } = request;
  return JSON.stringify([title, accountId, serverId, kind, name]);
}

/** The best one first; to ignore it, where that is possible, comes last. */
export function remediesOf(
  problems: Pick<Problems, "isReadOnly">,
  address: ServerAddress,
  finding: Finding,
  around: Surroundings,
): readonly FindingRemedy[] {
  const request = requestOf(address, finding, "");
  const isRefused = isRefusedCode(finding.rule);
  const health = isHealth(finding) ? healthRemedies(around.server, address) : [];
  const refused = isRefused ? refusedRemedies(finding, address) : [];
  const all: readonly FindingRemedy[] = [
    ...[...health, ...refused].map((action) => ({ ...action, request })),
    ...special(finding, request),
    ...fixesOf(finding, around).map((fix) => ({
      ...remedy(fix.title, FIX_COMMANDS.apply, requestOf(address, finding, fix.kind)),
      fix,
    })),
    // It goes with the next save or refresh.
    ...(isRefused ? [] : [remedy(ignoreTitle(finding), FIX_COMMANDS.ignore, request)]),
  ];
  return problems.isReadOnly(address.accountId)
    ? all.filter(({ command }) => WITHOUT_WRITING.has(command))
    : all;
}

/** They change nothing at Cloudflare; a sync does. */
const WITHOUT_WRITING: ReadonlySet<string> = new Set([
  FIX_COMMANDS.accept,
  FIX_COMMANDS.ignore,
  COMMANDS.openDashboard,
  COMMANDS.showLog,
]);

function remedy(title: string, command: string, request: FixRequest): FindingRemedy {
  return { title, command, arguments: [request], request };
}

function special({ rule }: Finding, request: FixRequest): readonly FindingRemedy[] {
  switch (rule) {
    case "security/annotation-changed":
      return [remedy(vscode.l10n.t("Accept Change"), FIX_COMMANDS.accept, request)];
    case "count/over-128": {
      const title = vscode.l10n.t("Choose Tools to Disable…");
      return [remedy(title, FIX_COMMANDS.chooseDisabled, request)];
    }
    default:
      return [];
  }
}

function ignoreTitle({ rule, subject }: Finding): string {
  switch (subject?.kind) {
    case "tool":
      return vscode.l10n.t("Ignore {0} for This Tool", rule);
    case "prompt":
      return vscode.l10n.t("Ignore {0} for This Prompt", rule);
    case undefined:
      return vscode.l10n.t("Ignore {0} for This Server", rule);
  }
}
