import * as l10n from "@vscode/l10n";
import { ALL_CLIENTS } from "../clients/allClients.ts";
import type { ClientId } from "../clients/clientIds.ts";
import { type Hit, ON_NAME } from "./finding.ts";
import type { ServerRule } from "./rule.ts";

/** The most tools of a request to a model without tool search. Source: VS Code's bundle; OpenAI. */
export const TOOLS_MOST = mostOf("openai");
/** Source: Windsurf's documentation. */
export const WINDSURF_MOST = mostOf("windsurf");

function mostOf(id: ClientId): number {
  const most = ALL_CLIENTS.find((client) => client.id === id)?.limit?.most;
  return most ?? Number.POSITIVE_INFINITY;
}

/**
 * The clients that take so many tools of all their servers together. A client that always searches
 * among its tools has no such limit.
 */
function clientsTaking(most: number): readonly ClientId[] {
  return ALL_CLIENTS.filter(({ limit }) => limit?.most === most).map(({ id }) => id);
}

export const countOver128: ServerRule = {
  of: "server",
  id: "count/over-128",
  severity: "warning",
  fixes: [],
  command: "chooseDisabled",
  clients: clientsTaking(TOOLS_MOST),
  *check(_server, { tools }): Iterable<Hit> {
    const enabled = tools.filter((tool) => tool.enabled).length;
    if (enabled > TOOLS_MOST) {
      const message = l10n.t(
        "{0} tools are enabled; a model without tool search takes at most {1} in one request.",
        enabled,
        TOOLS_MOST,
      );
      yield { message, path: ON_NAME };
    }
  },
};

export const countOver100: ServerRule = {
  of: "server",
  id: "count/over-100",
  severity: "warning",
  fixes: [],
  command: "chooseDisabled",
  clients: clientsTaking(WINDSURF_MOST),
  *check(_server, { tools }): Iterable<Hit> {
    const enabled = tools.filter((tool) => tool.enabled).length;
    if (enabled > WINDSURF_MOST) {
      const message = l10n.t(
        "{0} tools are enabled; Windsurf leaves out those after the first {1}.",
        enabled,
        WINDSURF_MOST,
      );
      yield { message, path: ON_NAME };
    }
  },
};
