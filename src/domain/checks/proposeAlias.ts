import { withoutEnding } from "../../base/text.ts";
import { ALIAS_MAX_LENGTH, aliasFormatProblem, exposedName } from "../catalogue/names.ts";
import type { Catalogue, ExposedCapability } from "../catalogue/serverCatalogue.ts";
import type { ClientId } from "../clients/clientIds.ts";
import { longestExposedName } from "../clients/naming.ts";
import type { ExposedNames } from "./collisions.ts";

/** Where the alias has to be free. */
export interface AliasContext {
  readonly serverId: string;
  /** The server's, or that of its mapping in a portal. */
  readonly catalogue: Catalogue;
  readonly clients: ReadonlySet<ClientId>;
  readonly names: ExposedNames;
}

/**
 * Proposes an alias that is valid, free and within the limits of the clients in use. It stays as
 * close to the tool's current name as that allows. Undefined where the server's id leaves no room
 * for an alias.
 */
export function proposeAlias(
  shown: ExposedCapability,
  { serverId, catalogue, clients, names }: AliasContext,
): string | undefined {
  const most = longest(serverId, clients);
  const plain = fitting(shown.label, most);
  const own = ownNames(catalogue, shown);
  for (let number = 1; number < 1000 && plain !== ""; number += 1) {
    const alias = number === 1 ? plain : numbered(plain, number, most);
    if (aliasFormatProblem(alias) !== undefined) {
      return undefined;
    }
    const isFree = !own.has(alias) && !names.collides(exposedName(serverId, alias), shown);
    if (isFree && alias !== shown.label) {
      return alias;
    }
  }
  return undefined;
}

function longest(serverId: string, clients: ReadonlySet<ClientId>): number {
  const limits = [...clients].map(longestExposedName);
  return Math.min(ALIAS_MAX_LENGTH, ...limits.map((limit) => limit - serverId.length - 1));
}

/** Keeps letters, digits and single separators, and cuts at the end of a word where it can. */
function fitting(name: string, most: number): string {
  const clean = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .slice(0, 400)
    .replace(/[^a-zA-Z0-9_-]+/g, "_")
    .replace(/[_-]*([_-])[_-]*/g, "$1");
  const trimmed = trim(clean.replace(/_{2,}|-{2,}/g, (run) => run.charAt(0)));
  if (trimmed.length <= most) {
    return trimmed;
  }
  const cut = trimmed.slice(0, Math.max(0, most));
  const wordEnd = Math.max(cut.lastIndexOf("_"), cut.lastIndexOf("-"));
  return trim(
    wordEnd > most * 0.6 && !/[_-]/.test(trimmed.charAt(most)) ? cut.slice(0, wordEnd) : cut,
  );
}

function numbered(alias: string, number: number, most: number): string {
  const end = `_${number}`;
  return `${trim(alias.slice(0, Math.max(1, most - end.length)))}${end}`;
}

function trim(name: string): string {
  return withoutEnding(name.replace(/^[_-]+/, ""), "_-");
}

function ownNames({ tools, prompts }: Catalogue, except: ExposedCapability): ReadonlySet<string> {
  const others = [...tools, ...prompts].filter((other) => other !== except);
  return new Set(others.flatMap(({ name, label }) => (label === name ? [name] : [name, label])));
}
