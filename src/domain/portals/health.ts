import * as l10n from "@vscode/l10n";
import { about } from "../../base/text.ts";
import { statusInWords } from "../servers/words.ts";
import type { MappedServer, Portal } from "./portal.ts";

/** A portal is as well as the worst of its servers. */
export interface PortalHealth {
  readonly worst: "error" | "warning" | undefined;
  /** What is wrong, in words; undefined where nothing is. */
  readonly words: string | undefined;
}

const WELL: PortalHealth = { worst: undefined, words: undefined };

/** @param serverOf undefined for a server of which nothing is known */
export function portalHealth(
  { mappings }: Portal,
  serverOf: (serverId: string) => MappedServer | undefined,
): PortalHealth {
  if (mappings.size === 0) {
    return { worst: "warning", words: l10n.t("no servers") };
  }
  const failing = [...mappings.keys()].flatMap((serverId) => {
    const server = serverOf(serverId);
    // Cloudflare shows users no server that is in one of these states.
    return server?.status === "error" || server?.status === "stale" ? [server] : [];
  });
  const [first, second] = failing;
  if (first === undefined) {
    return WELL;
  }
  const worst = failing.some(({ status }) => status === "error") ? "error" : "warning";
  const words =
    second === undefined
      ? about(first.name, statusInWords(first))
      : l10n.t("{0} of {1} servers don't work", failing.length, mappings.size);
  return { worst, words };
}
