import { catalogueOf, type ExposedCapability } from "../server/catalogue.ts";
import type { Server } from "../server/server.ts";
import { FLAG } from "./security/automaton.ts";
import { scan } from "./security/scan.ts";
import { type TextField, visitTexts } from "./texts.ts";

/** A text in which something is named as tools are. */
export interface NamingText {
  readonly shown: ExposedCapability;
  readonly text: string;
  /** Whether it's an override's description. */
  readonly isOwn: boolean;
}

const remembered = new WeakMap<Server, readonly NamingText[]>();

/** Who has read all texts of a server anyway leaves here what named something. */
export function rememberNaming(server: Server, texts: readonly NamingText[]): void {
  remembered.set(server, texts);
}

export function namingTexts(server: Server): readonly NamingText[] {
  const known = remembered.get(server);
  if (known !== undefined) return known;
  const found: NamingText[] = [];
  const { tools, prompts } = catalogueOf(server);
  for (const shown of [...tools, ...prompts]) {
    if (!shown.enabled) continue;
    visitTexts(shown, (text, field) => {
      const naming = namingText(shown, text, field, scan(text));
      if (naming !== undefined) found.push(naming);
    });
  }
  remembered.set(server, found);
  return found;
}

/** Names stand in sentences; a text without a blank is a name itself. */
export function namingText(
  shown: ExposedCapability,
  text: string,
  field: TextField,
  flags: number,
): NamingText | undefined {
  if ((flags & FLAG.identifier) === 0 || !text.includes(" ")) return undefined;
  return { shown, text, isOwn: field === "ownDescription" };
}
