import type { Account } from "../../domain/account.ts";
import {
  type Catalogue,
  catalogueOf,
  type ExposedCapability,
} from "../../domain/catalogue/serverCatalogue.ts";
import type { MappedCapability, MappedCatalogue } from "../../domain/portals/exposure.ts";
import type { Portal } from "../../domain/portals/portal.ts";
import type { Server } from "../../domain/servers/server.ts";
import { askText, notifyError, type TextQuestion } from "../../editor/notifications.ts";
import { findMappedCatalogue, findPortal, findServer, isReadOnly } from "../../engine/state.ts";
import type {
  CapabilityTarget,
  CommandArguments,
  LayeredTarget,
  MappedCapabilityTarget,
  PortalTarget,
  Row,
  ServerAddress,
  ServerTarget,
  Target,
} from "../../target.ts";
import type { AppContext } from "../app.ts";
import {
  type PickCapabilityOptions,
  type PickServerOptions,
  pickCapabilities,
  pickServers,
} from "./pick.ts";
import { portalChildrenOf } from "./portalNodes.ts";
import type { TreeContext } from "./treeContext.ts";
import { childrenOf } from "./treeNodes.ts";

/**
 * The servers to act on, each once. A row of a portal stands for its server. Asks when the command
 * was called from the palette.
 */
export function serverTargets(
  app: AppContext,
  args: CommandArguments,
  options: PickServerOptions,
): Promise<readonly ServerTarget[]> {
  const ask = () => pickServers(app, args.accountIds, options);
  return targetsOf(args, ask, (row) =>
    row.kind === "account" || row.kind === "portal" ? [] : [serverOf(row)],
  );
}

/**
 * The tools and prompts to act on, each once, on their servers or in portals. A row above them stands
 * for those below it that the filter shows. Asks when the command was called from the palette;
 * `applies` chooses what is offered there.
 */
export function capabilityTargets(
  app: AppContext,
  args: CommandArguments,
  options: PickCapabilityOptions,
): Promise<readonly LayeredTarget[]> {
  const ask = () => pickCapabilities(app, args.accountIds, options);
  return targetsOf<LayeredTarget>(args, ask, (row) => capabilitiesBelow(app, row));
}

async function targetsOf<T>(
  { rows }: CommandArguments,
  ask: () => Promise<readonly T[]>,
  meant: (row: Row) => readonly T[],
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
    void tell(account);
  }
}

/** Loads how one signs in, which this offers and activation doesn't need. */
async function tell(account: Account): Promise<void> {
  const { tellReadOnly } = await import("../accounts/index.ts");
  tellReadOnly(account);
}

/** The server's name for messages, or its id where it is gone. */
export function serverName(app: AppContext, accountId: string, serverId: string): string {
  return findServer(app.store.state, accountId, serverId)?.optimistic.name ?? serverId;
}

/** A tool or prompt as a person sees it, with what its edits are compared with. */
export type FoundCapability =
  | {
      readonly layer: "server";
      readonly target: CapabilityTarget;
      readonly server: Server;
      readonly shown: ExposedCapability;
    }
  | {
      readonly layer: "portal";
      readonly target: MappedCapabilityTarget;
      readonly portal: Portal;
      readonly catalogue: MappedCatalogue;
      readonly shown: MappedCapability;
    };

export function findCapability(
  app: AppContext,
  target: LayeredTarget,
): FoundCapability | undefined {
  const { state } = app.store;
  const { kind, name } = target;
  if (target.portalId === undefined) {
    const server = findServer(state, target.accountId, target.serverId)?.optimistic;
    const shown = server && catalogueOf(server).find(kind, name);
    return shown && { layer: "server", target, server, shown };
  }
  const portal = findPortal(state, target)?.optimistic;
  const catalogue = findMappedCatalogue(state, target);
  const shown = catalogue?.find(kind, name);
  return portal && catalogue && shown && { layer: "portal", target, portal, catalogue, shown };
}

/** The same on its server, whatever portal it was met in. */
export function onServer({ kind, accountId, serverId, name }: LayeredTarget): CapabilityTarget {
  return { kind, accountId, serverId, name };
}

/** The tools and prompts among which a name has to be unique. */
export function namesBeside(found: FoundCapability): Catalogue {
  return found.layer === "portal" ? found.catalogue : catalogueOf(found.server);
}

/** What shows where this layer has no value of its own. */
export function below(found: FoundCapability): {
  readonly label: string;
  readonly description: string | undefined;
} {
  if (found.layer === "portal") {
    return found.shown.onServer;
  }
  const { name, description } = found.shown.capability;
  return { label: name, description };
}

export function treeContextOf({ store, findings, costs, reviews }: AppContext): TreeContext {
  return { state: store.state, findings, costs, review: reviews.snapshot };
}

function capabilitiesBelow(app: AppContext, row: Row): readonly LayeredTarget[] {
  if (row.kind === "tool" || row.kind === "prompt") {
    return [row];
  }
  return rowsBelow(app, row).flatMap((child) => capabilitiesBelow(app, child));
}

function rowsBelow(app: AppContext, row: Row): readonly Row[] {
  const context = treeContextOf(app);
  return isInPortals(row) ? portalChildrenOf(context, row) : childrenOf(context, row);
}

/** False for an account's row, which is the same in both trees and stands for its servers. */
function isInPortals(row: Row): row is Exclude<PortalTarget, { kind: "account" }> {
  return "portalId" in row && row.portalId !== undefined;
}

function serverOf({ accountId, serverId }: ServerAddress): ServerTarget {
  return { kind: "server", accountId, serverId };
}

export function distinct<T>(targets: readonly T[]): readonly T[] {
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
