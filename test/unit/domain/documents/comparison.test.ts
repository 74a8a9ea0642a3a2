import { deepEqual, equal } from "node:assert/strict";
import { portalInOrderOf, serverInOrderOf } from "../../../../src/domain/documents/comparison.ts";
import { mapping, portal } from "../../support/portals.ts";
import { capability, server } from "../../support/servers.ts";

const named = (...names: readonly string[]) =>
  server({ tools: names.map((name) => capability("tool", name)), prompts: [] });

describe("what is compared with another", () => {
  it("has its tools, if it is a server, in the other's order, and what the other lacks at the end", () =>
    deepEqual(
      serverInOrderOf(named("new", "c", "a", "b"), named("a", "b", "gone", "c")).tools.map(
        ({ name }) => name,
      ),
      ["a", "b", "c", "new"],
    ));

  it("has its servers, if it is a portal, in the other's order", () => {
    const of = (...ids: readonly string[]) => portal({ mappings: ids.map((id) => mapping(id)) });
    const { mappings } = portalInOrderOf(of("new", "b", "a"), of("a", "gone", "b"));
    deepEqual([...mappings.keys()], ["a", "b", "new"]);
  });

  it("stays the same object as long as neither changes", () => {
    const [one, other] = [named("a"), named("b")];
    equal(serverInOrderOf(one, other), serverInOrderOf(one, other));
  });
});
