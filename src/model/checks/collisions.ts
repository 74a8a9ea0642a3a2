import * as l10n from "@vscode/l10n";
import { catalogueOf } from "../catalogue.ts";
import type { Server } from "../server.ts";
import type { Hit } from "./finding.ts";
import { placeOf } from "./places.ts";
import type { AccountRule, CapabilityRule, IndexEntry } from "./rule.ts";

/** VS Code puts a prefix of up to 18 characters before a name and cuts the whole at 64. */
export const VSCODE_KEEPS = 64 - 18;

/** Source: VS Code, mcpTypes.ts, `McpToolName`: dots become `_`, and the end goes without a word. */
export function vscodeKey(exposedName: string): string {
  return exposedName.slice(0, VSCODE_KEEPS).replaceAll(".", "_");
}

/** Source: Cloudflare docs, "Namespacing in Code Mode"; derived, not tried live. */
export function codeModeKey(exposedName: string): string {
  return exposedName.replace(/[-.]/g, "_");
}

/** A long name can be cut, whether or not another one becomes equal to it by that. */
export const vscodeLong: CapabilityRule = {
  of: "capability",
  id: "name/vscode-truncation",
  severity: "warning",
  client: "vscode",
  *check({ kind, name, alias, exposedName }) {
    if (kind !== "tool" || exposedName.length <= VSCODE_KEEPS) return;
    const subject = { kind, name };
    const message = l10n.t(
      "VS Code can cut {0} after {1} characters: {2}…",
      exposedName,
      VSCODE_KEEPS,
      exposedName.slice(0, VSCODE_KEEPS),
    );
    yield { message, subject, path: placeOf(subject, alias === undefined ? undefined : "alias") };
  },
};

export const vscodeTruncation: AccountRule = {
  of: "account",
  id: "name/vscode-truncation",
  severity: "warning",
  client: "vscode",
  offers: (server) => enabledTools(server, vscodeKey),
  judge: (ask, offers) =>
    collision(ask, offers, (other) =>
      l10n.t("VS Code can't tell {0} and {1} apart: both become {2}.", ask.shownAs, other, ask.key),
    ),
};

export const codeModeCollision: AccountRule = {
  of: "account",
  id: "name/code-mode-collision",
  severity: "warning",
  offers: (server) => enabledTools(server, codeModeKey),
  judge: (ask, offers) =>
    collision(ask, offers, (other) =>
      l10n.t("In Code Mode {0} and {1} are the same name, {2}.", ask.shownAs, other, ask.key),
    ),
};

function* enabledTools(server: Server, keyOf: (name: string) => string): Iterable<IndexEntry> {
  for (const { enabled, exposedName, kind, name, alias } of catalogueOf(server).tools) {
    if (!enabled) continue;
    const subject = { kind, name };
    yield {
      key: keyOf(exposedName),
      serverId: server.id,
      serverName: server.name,
      subject,
      shownAs: exposedName,
      path: alias === undefined ? placeOf(subject) : placeOf(subject, "alias"),
    };
  }
}

function collision(
  ask: IndexEntry,
  offers: readonly IndexEntry[],
  message: (other: string) => string,
): Hit | undefined {
  if (offers.length < 2) return undefined;
  const other = offers.find(({ shownAs }) => shownAs !== ask.shownAs);
  if (other === undefined) return undefined;
  return { message: message(other.shownAs), subject: ask.subject, path: ask.path ?? [] };
}
