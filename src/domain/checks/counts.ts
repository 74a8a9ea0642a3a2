import * as l10n from "@vscode/l10n";
import { numberText } from "../../base/numbers.ts";
import { catalogueOf } from "../catalogue/serverCatalogue.ts";
import { ALL_CLIENTS } from "../clients/allClients.ts";
import type { ClientId } from "../clients/clientIds.ts";
import { isOn } from "../portals/exposedTools.ts";
import type { Portal } from "../portals/portal.ts";
import { ON_NAME } from "./finding.ts";
import type { PortalRule, PortalSurroundings, ServerRule } from "./rule.ts";

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

/** One check of the tools that a server, or everything in a portal, hands to a client. */
interface CountCheck {
  readonly id: string;
  readonly most: number;
  serverWords(count: string, most: string): string;
  portalWords(count: string, most: string): string;
}

const OVER_128: CountCheck = {
  id: "count/over-128",
  most: TOOLS_MOST,
  serverWords: (count, most) =>
    l10n.t(
      "{0} tools are enabled; a model without tool search takes at most {1} in one request.",
      count,
      most,
    ),
  portalWords: (count, most) =>
    l10n.t(
      "With this portal alone a client has {0} tools; a model without tool search takes at most {1} in one request.",
      count,
      most,
    ),
};

const OVER_100: CountCheck = {
  id: "count/over-100",
  most: WINDSURF_MOST,
  serverWords: (count, most) =>
    l10n.t("{0} tools are enabled; Windsurf leaves out those after the first {1}.", count, most),
  portalWords: (count, most) =>
    l10n.t(
      "With this portal alone Windsurf has {0} tools; it leaves out those after the first {1}.",
      count,
      most,
    ),
};

export const COUNT_RULES: readonly (ServerRule | PortalRule)[] = [OVER_128, OVER_100].flatMap(
  (check) => [onServer(check), inPortal(check)],
);

function onServer({ id, most, serverWords }: CountCheck): ServerRule {
  return {
    of: "server",
    id,
    severity: "warning",
    fixes: [],
    command: "chooseDisabled",
    clients: clientsTaking(most),
    *check(_server, { tools }) {
      const count = tools.filter((tool) => tool.enabled).length;
      if (count > most) {
        yield { message: serverWords(numberText(count), numberText(most)), path: ON_NAME };
      }
    },
  };
}

/** The tools of all servers in a portal add up, because its clients get them as one list. */
function inPortal({ id, most, portalWords }: CountCheck): PortalRule {
  return {
    of: "portal",
    id,
    severity: "warning",
    fixes: [],
    command: "removeServer",
    clients: clientsTaking(most),
    *check(portal, { serverOf }) {
      const count = isInCodeMode(portal) ? 0 : toolsIn(portal, serverOf);
      if (count > most) {
        yield { message: portalWords(numberText(count), numberText(most)), path: ["servers"] };
      }
    },
  };
}

/** Unless they ask for something else, its clients get two tools, however many there are. */
export function isInCodeMode({ codeMode }: Portal): boolean {
  return codeMode === "default_on" || codeMode === "enforced";
}

function toolsIn({ mappings }: Portal, serverOf: PortalSurroundings["serverOf"]): number {
  let count = 0;
  for (const mapping of mappings.values()) {
    const server = serverOf(mapping.serverId);
    const tools = server === undefined ? [] : catalogueOf(server).tools;
    count += tools.filter((tool) => isOn(mapping, tool)).length;
  }
  return count;
}
