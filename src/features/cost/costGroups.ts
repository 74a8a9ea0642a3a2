import type { AccountId } from "../../domain/account.ts";
import { catalogueOf } from "../../domain/catalogue/serverCatalogue.ts";
import type { CostGroup } from "../../domain/cost/composeCostView.ts";
import { mappedCatalogueOf } from "../../domain/portals/exposure.ts";
import type { Server } from "../../domain/servers/server.ts";
import { findMapping, findPortal, findServer, type State, serversOf } from "../../engine/state.ts";
import type { CostSubject } from "../../pages/cost/protocol.ts";
import type { LayeredTarget } from "../../target.ts";

/** What a page is about, as the state has it. */
export interface CostedThing {
  readonly name: string;
  readonly groups: readonly CostGroup[];
  /** A portal's alone. */
  readonly codeMode: string | undefined;
}

/** Undefined where it isn't there. */
export function costedThing(state: State, subject: CostSubject): CostedThing | undefined {
  switch (subject.kind) {
    case "account":
      return ofAccount(state, subject.accountId);
    case "portal":
      return ofPortal(state, subject);
    case "server": {
      const server = findServer(state, subject.accountId, subject.serverId)?.optimistic;
      return server && { name: server.name, groups: [groupOf(server)], codeMode: undefined };
    }
  }
}

function ofAccount(state: State, accountId: AccountId): CostedThing | undefined {
  const account = state.accounts.get(accountId)?.account;
  const servers = [...serversOf(state, accountId).values()];
  return (
    account && {
      name: account.name,
      groups: servers.map(({ optimistic }) => groupOf(optimistic)),
      codeMode: undefined,
    }
  );
}

function groupOf(server: Server): CostGroup {
  return { serverId: server.id, name: server.name, tools: catalogueOf(server).tools };
}

function ofPortal(
  state: State,
  address: { readonly accountId: AccountId; readonly portalId: string },
): CostedThing | undefined {
  const portal = findPortal(state, address)?.optimistic;
  if (portal === undefined) {
    return undefined;
  }
  const groups = [...portal.mappings.keys()].flatMap((serverId): readonly CostGroup[] => {
    const found = findMapping(state, { ...address, serverId });
    return found?.server === undefined
      ? []
      : [
          {
            serverId,
            name: found.server.name,
            tools: mappedCatalogueOf(found.mapping, found.server).tools,
          },
        ];
  });
  return { name: portal.name, groups, codeMode: portal.codeMode };
}

/** The tool of an id that a page knows, on the layer that the page is about. */
export function toolTarget(subject: CostSubject, id: string): LayeredTarget {
  const slash = id.indexOf("/");
  const { accountId } = subject;
  const tool = {
    kind: "tool",
    accountId,
    serverId: id.slice(0, slash),
    name: id.slice(slash + 1),
  } as const;
  return subject.kind === "portal" ? { ...tool, portalId: subject.portalId } : tool;
}
