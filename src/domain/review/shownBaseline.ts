import {
  type Baseline,
  type Catalogued,
  type Definition,
  shareDefinitions,
  withHeld,
} from "./baseline.ts";
import type { DefinitionChange } from "./changes.ts";
import { isHeldOff } from "./held.ts";

/** What a server is compared with for people. */
export interface ShownBaseline extends Baseline {
  /** The file of the workspace that it is from; absent for what is stored. */
  readonly file?: string;
}

/**
 * What a file has accepted, with what hold did. What hold keeps off is compared with what is stored,
 * whatever the file says: only accepting it turns it on, so it has to be shown.
 * @param stored the same server, compared with what is stored
 */
export function shownBaseline(
  { accepted, file }: { readonly accepted: Baseline; readonly file: string },
  server: Catalogued,
  stored: {
    readonly baseline: Baseline | undefined;
    readonly changes: readonly DefinitionChange[];
  },
): ShownBaseline {
  const shared = { ...shareDefinitions(accepted, server), file };
  const { baseline, changes } = stored;
  const held = baseline?.heldBack ?? [];
  if (baseline === undefined || held.length === 0) {
    return shared;
  }
  const tools = new Map(shared.tools);
  const prompts = new Map(shared.prompts);
  for (const change of changes.filter((each) => isHeldOff(baseline, each))) {
    const of = change.kind === "tool" ? tools : prompts;
    const before = change.kind === "tool" ? baseline.tools : baseline.prompts;
    for (const name of namesOf(change)) {
      put(of, name, before.get(name));
    }
  }
  return { ...withHeld({ ...shared, tools, prompts }, held), file };
}

function namesOf(change: DefinitionChange): readonly string[] {
  return change.how === "renamed" ? [change.name, change.previousName] : [change.name];
}

function put(of: Map<string, Definition>, name: string, definition: Definition | undefined): void {
  if (definition === undefined) {
    of.delete(name);
  } else {
    of.set(name, definition);
  }
}
