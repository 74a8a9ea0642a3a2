import * as l10n from "@vscode/l10n";
import { catalogueOf } from "../catalogue.ts";
import type { Hit } from "./finding.ts";
import { placeOf } from "./places.ts";
import type { AccountRule, CapabilityRule, IndexEntry, IndexKind } from "./rule.ts";
import { NOTHING } from "./rule.ts";

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
  check({ kind, name, alias, exposedName }) {
    if (kind !== "tool" || exposedName.length <= VSCODE_KEEPS) return NOTHING;
    const subject = { kind, name };
    const message = l10n.t(
      "VS Code can cut {0} after {1} characters: {2}…",
      exposedName,
      VSCODE_KEEPS,
      exposedName.slice(0, VSCODE_KEEPS),
    );
    return [
      { message, subject, path: placeOf(subject, alias === undefined ? undefined : "alias") },
    ];
  },
};

/** All exposed names, in buckets in which both kinds of equal names meet. */
const exposedTools: IndexKind = {
  offers(server) {
    const found: IndexEntry[] = [];
    for (const shown of catalogueOf(server).tools) {
      if (!shown.enabled) continue;
      found.push({ key: codeModeKey(shown.exposedName).slice(0, VSCODE_KEEPS), server, shown });
    }
    return found;
  },
};

export const vscodeTruncation: AccountRule = {
  of: "account",
  id: "name/vscode-truncation",
  severity: "warning",
  client: "vscode",
  index: exposedTools,
  judge: (ask, offers) =>
    collision(ask, offers, vscodeKey, (own, other, key) =>
      l10n.t("VS Code can't tell {0} and {1} apart: both become {2}.", own, other, key),
    ),
};

export const codeModeCollision: AccountRule = {
  of: "account",
  id: "name/code-mode-collision",
  severity: "warning",
  index: exposedTools,
  judge: (ask, offers) =>
    collision(ask, offers, codeModeKey, (own, other, key) =>
      l10n.t("In Code Mode {0} and {1} are the same name, {2}.", own, other, key),
    ),
};

function collision(
  { shown }: IndexEntry,
  offers: readonly IndexEntry[],
  keyOf: (exposedName: string) => string,
  message: (own: string, other: string, key: string) => string,
): Hit | undefined {
  if (offers.length < 2) return undefined;
  const own = shown.exposedName;
  const key = keyOf(own);
  const other = offers.find(
    ({ shown: { exposedName } }) => exposedName !== own && keyOf(exposedName) === key,
  );
  if (other === undefined) return undefined;
  const subject = { kind: shown.kind, name: shown.name };
  const path = placeOf(subject, shown.alias === undefined ? undefined : "alias");
  return { message: message(own, other.shown.exposedName, key), subject, path };
}
