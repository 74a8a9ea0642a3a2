import { deepEqual, equal } from "node:assert/strict";
import { inOrderOf } from "../../../../src/domain/documents/comparison.ts";
import { capability, server } from "../../support/servers.ts";

const named = (...names: readonly string[]) =>
  server({ tools: names.map((name) => capability("tool", name)), prompts: [] });

describe("a server that another is compared with", () => {
  it("has its tools in the other's order, and what the other lacks at the end", () =>
    deepEqual(
      inOrderOf(named("new", "c", "a", "b"), named("a", "b", "gone", "c")).tools.map(
        ({ name }) => name,
      ),
      ["a", "b", "c", "new"],
    ));

  it("stays the same object as long as neither changes", () => {
    const [one, other] = [named("a"), named("b")];
    equal(inOrderOf(one, other), inOrderOf(one, other));
  });
});
