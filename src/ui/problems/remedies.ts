import * as vscode from "vscode";
import { FIX_COMMANDS } from "../../contributions.ts";
import type { Finding } from "../../model/checks/finding.ts";
import type { Fix, Surroundings } from "../../model/checks/fix.ts";
import { fixesOf } from "../../model/checks/fixes.ts";
import type { ServerAddress } from "../documents/uri.ts";
import type { Problems } from "./problems.ts";
import { type FixRequest, requestOf } from "./requests.ts";

/** One thing that can be done about a finding; `fix` is there when it's a change of the server. */
export interface Remedy {
  readonly title: string;
  readonly command: string;
  readonly request: FixRequest;
  readonly fix?: Fix;
}

/** Problems of one tool can have a remedy in common, which is then offered once. */
export function remedyKey({ title, request }: Remedy): string {
  const { accountId, serverId, kind, name } = request;
  return JSON.stringify([title, accountId, serverId, kind, name]);
}

/** The best one first; to ignore it comes last. */
export function remediesOf(
  problems: Pick<Problems, "isReadOnly">,
  address: ServerAddress,
  finding: Finding,
  around: Surroundings,
): readonly Remedy[] {
  const all: readonly Remedy[] = [
    ...special(address, finding),
    ...fixesOf(finding, around).map((fix) => ({
      title: fix.title,
      command: FIX_COMMANDS.apply,
      request: requestOf(address, finding, fix.kind),
      fix,
    })),
    {
      title: ignoreTitle(finding),
      command: FIX_COMMANDS.ignore,
      request: requestOf(address, finding, ""),
    },
  ];
  return problems.isReadOnly(address.accountId) ? all.filter(isOnlyHere) : all;
}

/** It changes what this machine keeps, and nothing at Cloudflare. */
function isOnlyHere({ command }: Remedy): boolean {
  return command === FIX_COMMANDS.accept || command === FIX_COMMANDS.ignore;
}

function special(address: ServerAddress, finding: Finding): readonly Remedy[] {
  const request = requestOf(address, finding, "");
  switch (finding.rule) {
    case "security/annotation-changed":
      return [{ title: vscode.l10n.t("Accept Change"), command: FIX_COMMANDS.accept, request }];
    case "count/over-128": {
      const title = vscode.l10n.t("Choose Tools to Disable…");
      return [{ title, command: FIX_COMMANDS.chooseDisabled, request }];
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
