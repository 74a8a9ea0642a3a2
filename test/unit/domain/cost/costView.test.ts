import { deepEqual, equal, ok } from "node:assert/strict";
import { catalogueOf } from "../../../../src/domain/catalogue/serverCatalogue.ts";
import { type CostGroup, costView } from "../../../../src/domain/cost/composeCostView.ts";
import { type CostView, serverSum, sumsOf, toolsOf } from "../../../../src/domain/cost/costView.ts";
import { exposedText } from "../../../../src/domain/cost/countedText.ts";
import { serverCalls } from "../../../../src/domain/cost/serverCalls.ts";
import {
  costByConnection,
  costOfTool,
  type TokenCounts,
} from "../../../../src/domain/cost/sums.ts";
import { exposedList } from "../../../../src/domain/portals/exposedList.ts";
import { mappedCatalogueOf } from "../../../../src/domain/portals/exposure.ts";
import { mapping, portal } from "../../support/portals.ts";
import { capability, server } from "../../support/servers.ts";

/** A character is a token, so that every character that is counted shows. */
const byCharacter: TokenCounts = {
  ofText: (text) => text.length,
  ofTool: (shown) => exposedText(shown).length,
};
const uncounted: TokenCounts = { ofText: () => undefined, ofTool: () => undefined };

const docs = server();
const shop = server({
  id: "shop",
  name: "Shop",
  tools: [capability("tool", "buy"), capability("tool", "sell")],
  toolOverrides: [{ name: "sell", enabled: false }],
});
const inPortal = [
  mapping("docs", { toolOverrides: [{ name: "search", alias: "find", enabled: true }] }),
  mapping("shop"),
];
const both = [docs, shop];

const groups: readonly CostGroup[] = inPortal.map((each, index) => {
  const of = both[index] ?? docs;
  return { serverId: of.id, name: of.name, tools: mappedCatalogueOf(each, of).tools };
});
const view = costView(groups, true, byCharacter);

const idsOf = (of: CostView): readonly string[] => toolsOf(of).map(({ id }) => id);

describe("the picture of a cost", () => {
  it("has each tool once, on or off, with the name and the state that its portal gives", () => {
    deepEqual(idsOf(view), ["docs/search", "docs/delete_page", "shop/buy", "shop/sell"]);
    deepEqual(
      toolsOf(view).map(({ label, isOn }) => [label, isOn]),
      [
        ["find", true],
        ["delete_page", true],
        ["buy", true],
        ["sell", false],
      ],
    );
  });

  it("has no prompts, which cost nothing until a person runs one", () =>
    ok(!idsOf(view).some((id) => id.includes("summarise"))));

  it("gives a tool that is off the area that it would cost", () => {
    const [, , , sell] = toolsOf(view);
    const shown = groups[1]?.tools[1];
    ok(shown !== undefined);
    equal(sell?.tokens, costOfTool(shown, byCharacter));
  });

  it("adds up to what the portal costs, for each way of connecting", () => {
    const exposed = exposedList(portal({ mappings: inPortal }), (id) =>
      both.find((each) => each.id === id),
    );
    deepEqual(
      new Map(sumsOf(view, new Set()).map(({ connection, now }) => [connection, now])),
      costByConnection(exposed, byCharacter),
    );
  });

  it("says what is left after a selection is turned off", () => {
    const [search] = toolsOf(view);
    const [all, minimized, searched, code] = sumsOf(view, new Set(["docs/search"]));
    equal(all?.after.tokens, (all?.now.tokens ?? 0) - (search?.tokens ?? 0));
    equal(minimized?.after.tokens, (minimized?.now.tokens ?? 0) - (search?.nameTokens ?? 0));
    deepEqual(searched?.after, searched?.now);
    deepEqual(code?.after, code?.now);
  });

  it("takes off nothing for what is off already, nor for what is gone", () => {
    const [all] = sumsOf(view, new Set(["shop/sell", "shop/gone", "__proto__"]));
    deepEqual(all?.after, all?.now);
  });

  it("of a server alone has no ways of connecting that only portals have", () => {
    const { tools } = catalogueOf(docs);
    const alone = costView([{ serverId: "docs", name: "Docs", tools }], false, byCharacter);
    deepEqual(
      sumsOf(alone, new Set()).map(({ connection }) => connection),
      ["allTools"],
    );
  });

  it("says how much isn't counted yet", () => {
    const pending = costView(groups, true, uncounted);
    deepEqual(
      sumsOf(pending, new Set()).map(({ now }) => now.pending),
      [3, 4, 1, 1],
    );
    deepEqual(pending.servers.map(serverSum), [
      { on: 2, count: 2, tokens: 0 },
      { on: 1, count: 2, tokens: 0 },
    ]);
  });

  it("survives being sent to a page", () =>
    deepEqual(JSON.parse(JSON.stringify(view)), structuredClone(view)));
});

describe("the calls of servers beside their cost", () => {
  const [ofDocs, ofShop] = view.servers.map((each) => serverSum(each).tokens);

  it("are paid with the definitions of as many requests as there were calls", () => {
    const calls = serverCalls(
      view,
      new Map([
        ["docs", { week: 3, month: 90 }],
        ["shop", { week: 1, month: 10 }],
      ]),
    );
    deepEqual(calls.get("docs"), {
      week: 3,
      month: 90,
      tokensPerCall: Math.round(((ofDocs ?? 0) * 100) / 90),
      isIdle: false,
    });
    equal(calls.get("shop")?.tokensPerCall, (ofShop ?? 0) * 10);
  });

  it("single out a server that nobody called in 30 days", () => {
    const calls = serverCalls(view, new Map([["shop", { week: 0, month: 0 }]]));
    deepEqual(calls.get("shop"), { week: 0, month: 0, tokensPerCall: undefined, isIdle: true });
  });

  it("single out none that costs nothing", () => {
    const free = { ...view, servers: [{ id: "shop", name: "Shop", tools: [] }] };
    equal(serverCalls(free, new Map([["shop", { week: 0, month: 0 }]])).get("shop")?.isIdle, false);
  });

  it("are left out where they aren't known", () => equal(serverCalls(view, new Map()).size, 0));
});
