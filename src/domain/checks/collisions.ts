import * as l10n from "@vscode/l10n";
import { codeModeName } from "../catalogue/names.ts";
import {
  type Catalogue,
  catalogueOf,
  type ExposedCapability,
} from "../catalogue/serverCatalogue.ts";
import { longestExposedName } from "../clients/naming.ts";
import { type Hit, placeOf } from "./finding.ts";
import {
  type AccountRule,
  type CapabilityRule,
  type IndexEntry,
  type IndexKind,
  NAME_FIXES,
  NOTHING,
  type Offers,
} from "./rule.ts";

/** VS Code puts a prefix of up to 18 characters before a name and cuts the result at 64. */
export const VSCODE_KEEPS = longestExposedName("vscode");

/**
 * Source: VS Code, mcpTypes.ts, `McpToolName`. Dots become `_`, and the end is cut without notice.
 */
function vscodeKey(exposedName: string): string {
  const kept = exposedName.slice(0, VSCODE_KEEPS);
  return kept.includes(".") ? kept.replaceAll(".", "_") : kept;
}

/** VS Code cuts a long name even where no other name becomes equal to it. */
export const vscodeLong: CapabilityRule = {
  of: "capability",
  value: "exposedName",
  id: "name/vscode-truncation",
  severity: "warning",
  fixes: NAME_FIXES,
  clients: ["vscode"],
  check({ kind, name, alias, exposedName }) {
    if (kind !== "tool" || exposedName.length <= VSCODE_KEEPS) {
      return NOTHING;
    }
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

/** How a client that changes names does it. */
interface Renaming {
  readonly keyOf: (exposedName: string) => string;
  /** False where the client changes at most the server's id in the tool's name. */
  readonly mayChange: (shown: ExposedCapability) => boolean;
}

/**
 * Indexes the exposed tools by the name that a client turns theirs into. Of a server that is alone
 * it has only those whose name another tool of the server has too, which is hardly ever one: all rules
 * across servers together take 0.7 of the time then, for 50,000 tools of 500 servers.
 */
function exposedToolsBy({ keyOf, mayChange }: Renaming): IndexKind {
  return {
    offers(server, isAlone) {
      const tools = catalogueOf(server).tools.filter(({ enabled }) => enabled);
      // Where the id itself is cut, names of other servers can become equal.
      const isApart = isAlone && server.id.length < VSCODE_KEEPS;
      // Two names of one server can't become equal where none is changed.
      if (isApart && !tools.some(mayChange)) {
        return NOTHING;
      }
      const all = tools.map((shown) => ({ key: keyOf(shown.exposedName), server, shown }));
      return isApart ? colliding(all) : all;
    },
  };
}

/** The entries whose key another name has too, in the same order. */
function colliding(entries: readonly IndexEntry[]): readonly IndexEntry[] {
  const names = new Map<string, string>();
  const shared = new Set<string>();
  for (const { key, shown } of entries) {
    const first = names.get(key);
    if (first === undefined) {
      names.set(key, shown.exposedName);
    } else if (first !== shown.exposedName) {
      shared.add(key);
    }
  }
  return shared.size === 0 ? NOTHING : entries.filter(({ key }) => shared.has(key));
}

export const vscodeTruncation: AccountRule = {
  of: "account",
  id: "name/vscode-truncation",
  severity: "warning",
  fixes: NAME_FIXES,
  clients: ["vscode"],
  index: exposedToolsBy({
    keyOf: vscodeKey,
    mayChange: ({ label, exposedName }) => label.includes(".") || exposedName.length > VSCODE_KEEPS,
  }),
  evaluate: (ask, offers) =>
    collision(ask, offers, (own, other) =>
      l10n.t("VS Code can't tell {0} and {1} apart: both become {2}.", own, other, ask.key),
    ),
};

export const codeModeCollision: AccountRule = {
  of: "account",
  id: "name/code-mode-collision",
  severity: "warning",
  fixes: NAME_FIXES,
  index: exposedToolsBy({
    keyOf: codeModeName,
    mayChange: ({ label }) => label.includes("-") || label.includes("."),
  }),
  evaluate: (ask, offers) =>
    collision(ask, offers, (own, other) =>
      l10n.t("In Code Mode {0} and {1} are the same name, {2}.", own, other, ask.key),
    ),
};

function collision(
  { shown }: IndexEntry,
  offers: Offers,
  message: (own: string, other: string) => string,
): Hit | undefined {
  const own = shown.exposedName;
  const other = otherName(own, offers);
  if (other === undefined) {
    return undefined;
  }
  const subject = { kind: shown.kind, name: shown.name };
  const path = placeOf(subject, shown.alias === undefined ? undefined : "alias");
  return { message: message(own, other), subject, path };
}

/** The loop is short: few servers can share a name, since the name begins with the server's id. */
function otherName(own: string, offers: Offers): string | undefined {
  for (const entries of offers.values()) {
    for (const { shown } of entries) {
      if (shown.exposedName !== own) {
        return shown.exposedName;
      }
    }
  }
  return undefined;
}

/**
 * The exposed names of an account or a portal, as clients that change names see them. Most fixes
 * propose no name, so the catalogues are read only when a fix first does.
 */
export class ExposedNames {
  readonly #catalogues: Iterable<Catalogue>;
  /** The number of tools under each name; undefined before the first question. */
  #counts: ReadonlyMap<string, number> | undefined;
  readonly #added = new Map<string, number>();

  constructor(catalogues: Iterable<Catalogue>) {
    this.#catalogues = catalogues;
  }

  add(exposed: string): void {
    count(this.#added, exposed);
  }

  /** True when a client can't tell another tool than `own` from this name. */
  collides(exposed: string, own: ExposedCapability): boolean {
    const ownKeys = own.kind === "tool" && own.enabled ? keysOf(own.exposedName) : [];
    return keysOf(exposed).some((key) => this.#count(key) > (ownKeys.includes(key) ? 1 : 0));
  }

  #count(key: string): number {
    this.#counts ??= countsOf(this.#catalogues);
    return (this.#counts.get(key) ?? 0) + (this.#added.get(key) ?? 0);
  }
}

function countsOf(catalogues: Iterable<Catalogue>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { tools } of catalogues) {
    for (const tool of tools) {
      if (tool.enabled) {
        count(counts, tool.exposedName);
      }
    }
  }
  return counts;
}

function count(counts: Map<string, number>, exposed: string): void {
  for (const key of keysOf(exposed)) {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
}

function keysOf(exposed: string): readonly string[] {
  return [`code ${codeModeName(exposed)}`, `cut ${vscodeKey(exposed)}`];
}
