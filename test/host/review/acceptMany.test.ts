import { deepEqual, equal } from "node:assert/strict";
import { COMMANDS } from "../../../src/manifest.ts";
import type { Target } from "../../../src/target.ts";
import { setUpSuite } from "../support/fixture.ts";
import { progressDuring } from "../support/progress.ts";
import { run } from "../support/run.ts";
import { reviewOf, until } from "../support/screen.ts";

const IDS = ["tickets", "docs", "observability", "shop", "browser"];
const TITLE = "Accepting changes";

describe("Accepting the changes of many servers", () => {
  const { account, person } = setUpSuite();
  let round = 0;

  const servers = (): readonly Target[] => IDS.map((id) => account.server(id));
  const accept = (rows: readonly Target[]) => run(COMMANDS.acceptChanges, rows[0], rows);
  const waits = (count: number) =>
    until(
      () => reviewOf(account.exports),
      (rows) => rows.length === count,
    );

  /** A change waits on each of the servers. */
  async function change(): Promise<void> {
    // The first look at a server accepts what it finds, and may come after the first of these.
    await until(
      async () => {
        round += 1;
        const tool = { name: `tool_${round}`, inputSchema: { type: "object" } };
        for (const server of IDS) {
          await account.emulator.write({ server, patch: { tools: [tool], prompts: [] } });
        }
        await run(COMMANDS.refresh);
        return reviewOf(account.exports);
      },
      (rows) => rows.length === IDS.length,
    );
  }

  beforeEach(change);

  it("shows how many are done, and no notification for few", async () => {
    const few = await progressDuring(() => accept(servers().slice(0, 1)));
    deepEqual(few.said, []);
    await waits(4);
    const { said, cancellable } = await progressDuring(() => accept(servers()));
    deepEqual(said, [TITLE, ...[1, 2, 3, 4].map((done) => `${done} of 4 servers`)]);
    deepEqual(cancellable, [true]);
    await waits(0);
    deepEqual(person.messages, []);
  });

  it("keeps what is left when somebody cancels, and says so", async () => {
    const { said } = await progressDuring(() => accept(servers()), "2 of 5 servers");
    deepEqual(said, [TITLE, "1 of 5 servers", "2 of 5 servers"]);
    const { text, severity } = await person.message(/Accepted/u);
    equal(text, "Accepted the changes of 2 of 5 servers. The rest still waits in Review.");
    equal(severity, "information");
    const left = await waits(3);
    deepEqual(left.map(({ label }) => label).toSorted(), ["Browser", "Observability", "Shop"]);
    await accept(servers());
    await waits(0);
  });
});
