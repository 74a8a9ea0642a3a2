import { COMMANDS } from "../../../src/manifest.ts";
import { Editing } from "./documents.ts";
import { run } from "./run.ts";
import { type SignedInSuite, signedInSuite } from "./signedInSuite.ts";

export interface DocumentSuite extends SignedInSuite {
  /** The document of Docs. */
  readonly editing: Editing;
  /** Changes Docs elsewhere, as the next refresh finds it. */
  foreign(patch: Readonly<Record<string, unknown>>): Promise<void>;
}

/** A signed-in suite that opens the document of Docs for each test, and puts Docs back after it. */
export function documentSuite(): DocumentSuite {
  let editing: Editing;
  const suite = signedInSuite(async () => {
    await editing.close();
    await foreign({ name: "Docs", updated_tools: [], updated_prompts: [] });
  });
  async function foreign(patch: Readonly<Record<string, unknown>>): Promise<void> {
    await suite.account.emulator.write({ server: "docs", patch });
    await run(COMMANDS.refresh);
  }
  beforeEach(async () => {
    editing = await Editing.open(suite.account, "docs");
    await suite.account.emulator.clearLog();
  });
  return {
    get account() {
      return suite.account;
    },
    get person() {
      return suite.person;
    },
    get editing() {
      return editing;
    },
    foreign,
  };
}
