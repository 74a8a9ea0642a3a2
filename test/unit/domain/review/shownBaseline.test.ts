import { deepEqual, equal } from "node:assert/strict";
import { withHeld } from "../../../../src/domain/review/baseline.ts";
import { changesOf } from "../../../../src/domain/review/changes.ts";
import { shownBaseline } from "../../../../src/domain/review/shownBaseline.ts";
import { Dice } from "../../engine/support/dice.ts";
import { baselineOf, offering, randomCatalogue, tool } from "./support/definitions.ts";

const FILE = "mcp-portals.lock.json";

describe("What a file of the workspace has accepted", () => {
  const shown = (
    accepted: ReturnType<typeof baselineOf>,
    server: ReturnType<typeof offering>,
    stored: ReturnType<typeof baselineOf>,
  ) =>
    changesOf(
      shownBaseline({ accepted, file: FILE }, server, {
        baseline: stored,
        changes: changesOf(stored, server),
      }),
      server,
    );

  it("is what is compared, whatever is stored", () => {
    for (let seed = 1; seed <= 100; seed += 1) {
      const dice = new Dice(seed);
      const baseline = () => {
        const { tools, prompts } = randomCatalogue(dice);
        return baselineOf(tools, prompts);
      };
      const [accepted, other] = [baseline(), baseline()];
      const { tools, prompts } = randomCatalogue(dice);
      const server = offering(tools, prompts);
      deepEqual(shown(accepted, server, other), changesOf(accepted, server), `seed ${seed}`);
    }
  });

  it("leaves out what hold keeps off, which is new as long as nobody accepts it here", () => {
    const server = offering([tool("search"), tool("zoom")]);
    const held = { kind: "tool", name: "zoom", definition: tool("zoom"), state: "off" } as const;
    const stored = withHeld(baselineOf([tool("search")]), [held]);
    const accepted = baselineOf([tool("search"), tool("zoom")]);
    deepEqual(
      shown(accepted, server, stored).map(({ how, name }) => `${how} ${name}`),
      ["added zoom"],
    );
    const left = withHeld(baselineOf([tool("search")]), [{ ...held, state: "left" }]);
    equal(shown(accepted, server, left).length, 0);
  });

  it("leaves out a rename that hold keeps off, with its old name", () => {
    const words = { description: "Finds the newest pages of all handbooks" };
    const server = offering([tool("find_pages", words)]);
    const definition = tool("find_pages", words);
    const stored = withHeld(baselineOf([tool("search_pages", words)]), [
      { kind: "tool", name: "find_pages", definition, state: "off" },
    ]);
    deepEqual(
      shown(baselineOf([definition]), server, stored).map(({ how, name }) => `${how} ${name}`),
      ["renamed find_pages"],
    );
  });
});
