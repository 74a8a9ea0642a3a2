import { catalogueOf, type ExposedCapability } from "../../domain/catalogue/layers.ts";
import { askText, notifyError, type TextQuestion } from "../../editor/notifications.ts";
import { findServer, isReadOnly, type ServerResource } from "../../engine/state.ts";
import type { CapabilityTarget, CommandArguments, ServerTarget, Target } from "../../manifest.ts";
import { tellReadOnly } from "../accounts/index.ts";
import type { AppContext } from "../app.ts";
import {
  type PickCapabilityOptions,
  type PickServerOptions,
  pickCapabilities,
  pickServers,
} from "./pick.ts";
import type { TreeContext } from "./treeContext.ts";
import { childrenOf } from "./treeNodes.ts";

/** The servers to act on, each once. Asks when the command was called from the palette. */
export function serverTargets(
  app: AppContext,
  args: CommandArguments,
  options: PickServerOptions,
): Promise<readonly ServerTarget[]> {
  const ask = () => pickServers(app, args.accountIds, options);
  return targetsOf(args, ask, (row) => (row.kind === "account" ? [] : [serverOf(row)]));
}

/**
 * The tools and prompts to act on, each once. A group or a server stands for those below it that
 * the filter shows. Asks when the command was called from the palette; `applies` chooses what is
 * offered there.
 */
export function capabilityTargets(
  app: AppContext,
  args: CommandArguments,
  options: PickCapabilityOptions,
): Promise<readonly CapabilityTarget[]> {
  const ask = () => pickCapabilities(app, args.accountIds, options);
  return targetsOf(args, ask, (row) => capabilitiesBelow(app, row));
}

async function targetsOf<T extends Target>(
  { rows }: CommandArguments,
  ask: () => Promise<readonly T[]>,
  meant: (row: Target) => readonly T[],
): Promise<readonly T[]> {
  return rows === undefined ? ask() : distinct(rows.flatMap(meant));
}

/** False in a read-only account. */
export function isChangeable(
  { store }: AppContext,
  { accountId }: Pick<Target, "accountId">,
): boolean {
  return !isReadOnly(store.state, accountId);
}

/** Shows a message that says why nothing was written. */
export function tellAccountReadOnly(
  { store }: AppContext,
  { accountId }: Pick<Target, "accountId">,
): void {
  const account = store.state.accounts.get(accountId)?.account;
  if (account !== undefined) {
    tellReadOnly(account);
  }
}

/** The server's name for messages, or its id where it is gone. */
export function serverName(app: AppContext, accountId: string, serverId: string): string {
  return findServer(app.store.state, accountId, serverId)?.optimistic.name ?? serverId;
}

export interface FoundCapability {
  readonly state: ServerResource;
  readonly shown: ExposedCapability;
}

export function findCapability(
  app: AppContext,
  { accountId, serverId, kind, name }: CapabilityTarget,
): FoundCapability | undefined {
  const state = findServer(app.store.state, accountId, serverId);
  const shown = state && catalogueOf(state.optimistic).find(kind, name);
  return shown && { state, shown };
}

export function treeContextOf({ store, findings }: AppContext): TreeContext {
  return { state: store.state, findings };
}

function capabilitiesBelow(app: AppContext, row: Target): readonly CapabilityTarget[] {
  if (row.kind === "tool" || row.kind === "prompt") {
    return [row];
  }
  return childrenOf(treeContextOf(app), row).flatMap((child) => capabilitiesBelow(app, child));
}

function serverOf({ accountId, serverId }: Exclude<Target, { kind: "account" }>): ServerTarget {
  return { kind: "server", accountId, serverId };
}

function distinct<T extends Target>(targets: readonly T[]): readonly T[] {
  return [...new Map(targets.map((target) => [JSON.stringify(target), target])).values()];
}

/** The text that a script gave, if it passes the same validation; otherwise the person is asked. */
export async function textFor(
  text: string | undefined,
  question: TextQuestion,
): Promise<string | undefined> {
  if (text === undefined) {
    return askText(question);
  }
  const problem = question.validateInput(text);
  if (problem === undefined) {
    return text;
  }
  void notifyError(problem);
  return undefined;
}
