import type { Server } from "../servers/server.ts";
import type { Baseline, Catalogued } from "./baseline.ts";
import { changesOf, type DefinitionChange } from "./changes.ts";
import { type ShownBaseline, shownBaseline } from "./shownBaseline.ts";
import { changesInWords } from "./words.ts";

/** Adds to changes what the checks find in them. It is called for servers with changes alone. */
export type CheckChanges = (
  server: Server,
  changes: readonly DefinitionChange[],
) => readonly DefinitionChange[];

/** A file of the workspace that decides what is shown of an account's servers. */
export interface DecidingFile {
  /** As people are told of it. */
  readonly name: string;
  /** By server id. What is stored decides for all others. */
  readonly accepted: ReadonlyMap<string, Baseline>;
}

export interface ComparedServer {
  readonly server: Server;
  readonly baseline: ShownBaseline | undefined;
  readonly changes: readonly DefinitionChange[];
  readonly words: string;
  readonly check: CheckChanges;
}

/** A server that is compared with what a file has accepted. */
export interface ShownServer extends ComparedServer {
  readonly file: DecidingFile;
  /** The same server, compared with what is stored. */
  readonly stored: ComparedServer;
}

const NONE: readonly DefinitionChange[] = [];

/** The same object where neither the catalogue nor the baseline has changed. */
export function compareServer(
  before: ComparedServer | undefined,
  server: Server,
  baseline: Baseline | undefined,
  check: CheckChanges,
): ComparedServer {
  const isSame =
    before !== undefined &&
    before.check === check &&
    before.baseline === baseline &&
    isSameCatalogue(before.server, server) &&
    before.server.status === server.status;
  if (isSame) {
    return before;
  }
  const found = baseline === undefined ? NONE : changesOf(baseline, server);
  const changes = found.length === 0 ? found : check(server, found);
  return { server, baseline, changes, words: changesInWords(changes), check };
}

export function isSameCatalogue(one: Catalogued | undefined, other: Catalogued): boolean {
  return one?.tools === other.tools && one.prompts === other.prompts;
}

/** The same object where neither the file nor what is stored has changed. */
export function compareWithAccepted(
  before: ComparedServer | ShownServer | undefined,
  stored: ComparedServer,
  { file, accepted }: { readonly file: DecidingFile; readonly accepted: Baseline },
): ShownServer {
  if (before !== undefined && "file" in before) {
    if (before.file === file && before.stored === stored) {
      return before;
    }
  }
  const { server, check } = stored;
  const baseline = shownBaseline({ accepted, file: file.name }, server, stored);
  return { ...compareServer(undefined, server, baseline, check), file, stored };
}
