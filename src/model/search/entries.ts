import { catalogueOf, type ExposedCapability } from "../server/catalogue.ts";
import type { Server } from "../server/server.ts";
import { fold, wordsOf } from "./fold.ts";

/** A short text that a person may have in mind by its words. */
export interface Name {
  readonly text: string;
  readonly words: readonly string[];
}

/** A tool or prompt with its texts as they are compared. */
export interface Entry {
  readonly server: Server;
  readonly capability: ExposedCapability;
  readonly label: Name;
  /** The upstream's name where an alias hides it. */
  readonly original: Name | undefined;
  readonly exposedName: string;
  readonly serverName: string;
  /** Every text, a line each, the description last: what isn't in here isn't anywhere. */
  readonly all: string;
}

const remembered = new WeakMap<Server, readonly Entry[]>();

/** Remembered by the server's identity: after a change one server is read anew, not a thousand. */
export function entriesOf(server: Server): readonly Entry[] {
  const known = remembered.get(server);
  if (known !== undefined) return known;
  const { tools, prompts } = catalogueOf(server);
  const serverName = fold(server.name);
  const made = [...tools, ...prompts].map((capability): Entry => {
    const { label, alias, name, exposedName, description } = capability;
    const names = {
      label: nameOf(label),
      original: alias === undefined ? undefined : nameOf(name),
      exposedName: fold(exposedName),
      serverName,
    };
    const all = `${names.label.text}\n${names.original?.text ?? ""}\n${names.exposedName}\n${serverName}\n${fold(description ?? "")}`;
    return { server, capability, ...names, all };
  });
  remembered.set(server, made);
  return made;
}

function nameOf(text: string): Name {
  return { text: fold(text), words: wordsOf(text) };
}
