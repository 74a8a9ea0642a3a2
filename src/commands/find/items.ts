import type * as vscode from "vscode";
import type { CapabilityTarget } from "../../contributions.ts";
import { excerptOf } from "../../model/search/excerpt.ts";
import type { ExposedCapability } from "../../model/server/catalogue.ts";
import type { Server } from "../../model/server/server.ts";
import type { AccountState } from "../../store/state.ts";
import { capabilityIcon } from "../../ui/icons.ts";
import { inert } from "../../ui/inert.ts";
import type { Problems } from "../../ui/problems/problems.ts";
import { countFindings, findingsOfRow } from "../../ui/problems/rows.ts";
import { capabilityParts, errorsAndWarnings, statusInWords } from "../../ui/words.ts";
import { type Action, actionsOf } from "./actions.ts";

export interface FindItem extends vscode.QuickPickItem {
  readonly target: CapabilityTarget;
  readonly buttons: readonly Action[];
}

export interface Found {
  readonly account: AccountState;
  /** Whether accounts have to be told apart. */
  readonly several: boolean;
  readonly server: Server;
  readonly capability: ExposedCapability;
  readonly query: string;
}

/** An entry with everything that is to be known of a tool or prompt, in words. */
export function itemOf(found: Found, problems: Problems): FindItem {
  const { account, several, server, capability, query } = found;
  const { kind, name } = capability;
  const target = { kind, accountId: account.account.id, serverId: server.id, name };
  const { errors, warnings } = countFindings(findingsOfRow(problems, target));
  const parts = [
    server.status === "ready" ? server.name : `${server.name} (${statusInWords(server)})`,
    ...(several ? [account.account.name] : []),
    ...capabilityParts(capability),
    errorsAndWarnings(errors, warnings),
  ];
  return {
    label: inert(capability.label),
    iconPath: capabilityIcon(kind),
    description: inert(parts.filter(Boolean).join(" · ")),
    detail: inert(excerptOf(capability.description ?? "", query)),
    alwaysShow: true,
    buttons: actionsOf(capability, account.access.readOnly),
    target,
  };
}

export function isSame(one: CapabilityTarget, other: CapabilityTarget): boolean {
  return (
    one.kind === other.kind &&
    one.accountId === other.accountId &&
    one.serverId === other.serverId &&
    one.name === other.name
  );
}
