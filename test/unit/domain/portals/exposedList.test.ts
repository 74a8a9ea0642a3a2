import { deepEqual, equal, notEqual, ok } from "node:assert/strict";
import { clientOf } from "../../../../src/domain/clients/allClients.ts";
import { deliver } from "../../../../src/domain/clients/deliver.ts";
import { exposedList } from "../../../../src/domain/portals/exposedList.ts";
import { mapping, portal } from "../../support/portals.ts";
import { capability, server } from "../../support/servers.ts";

describe("everything that a portal exposes", () => {
  const many = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, index) => capability("tool", `${prefix}${index}`));
  const docs = mapping("docs", { tools: many("a", 70) });
  const shop = mapping("shop", {
    tools: many("b", 70),
    toolOverrides: [{ name: "b0", alias: "buy" }],
  });
  const main = portal({ mappings: [docs, shop] });
  const unknown = () => undefined;

  it("is that of each mapping, in order, under the portal's names", () => {
    const list = exposedList(main, unknown);
    equal(list.length, 140);
    deepEqual(
      [list[0], list[70], list[71]].map((shown) => shown?.exposedName),
      ["docs_a0", "shop_buy", "shop_b1"],
    );
  });

  it("comes of the server's own answer where it is known, prompts too", () => {
    const own = server({ id: "docs", tools: many("c", 2) });
    const list = exposedList(portal({ mappings: [docs] }), (id) =>
      id === "docs" ? own : undefined,
    );
    deepEqual(
      list.map(({ exposedName }) => exposedName),
      ["docs_c0", "docs_c1", "docs_summarise"],
    );
  });

  it("is the same list while the portal and its servers are the same", () => {
    const own = server({ id: "docs" });
    const serverOf = (id: string) => (id === "docs" ? own : undefined);
    const list = exposedList(main, serverOf);
    equal(
      exposedList(main, (id) => serverOf(id)),
      list,
    );
    notEqual(
      exposedList(main, (id) => (id === "docs" ? { ...own } : undefined)),
      list,
    );
    notEqual(exposedList({ ...main }, serverOf), list);
  });

  it("adds up against a client's limit, though no server is over it", () => {
    const [effect] = deliver(clientOf("openai"), exposedList(main, unknown)).effects;
    ok(effect?.of === "count" && effect.count === 140);
    deepEqual(
      deliver(clientOf("openai"), exposedList(portal({ mappings: [docs] }), unknown)).effects,
      [],
    );
  });
});
