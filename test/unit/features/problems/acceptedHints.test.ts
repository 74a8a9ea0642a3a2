import { deepEqual, equal } from "node:assert/strict";
import type { Server } from "../../../../src/domain/servers/server.ts";
import { AcceptedHintsStore } from "../../../../src/features/problems/acceptedHints.ts";
import { capability, server } from "../../support/servers.ts";

const KEY = "mcpPortals.acceptedHints.a";

describe("the hints that were accepted", () => {
  let kept: Map<string, unknown>;
  beforeEach(() => {
    kept = new Map();
  });

  /** As VS Code has it: one value for all windows, each of which reads a copy. */
  function window(): AcceptedHintsStore {
    return new AcceptedHintsStore({
      keys: () => [...kept.keys()],
      get: (key: string) => structuredClone(kept.get(key)),
      update: async (key, value) => void kept.set(key, structuredClone(value)),
    });
  }

  it("of two windows are all kept, of each tool as it was accepted last", () => {
    const one = window();
    const other = window();
    for (const each of [one, other]) {
      each.learn("a", hinted({ search: true, find: true }));
      each.save("a");
    }
    one.accept("a", hinted({ search: false, find: true }), "search");
    other.accept("a", hinted({ search: false, find: false }), "find");
    deepEqual(kept.get(KEY), {
      docs: [
        ["search", false, null],
        ["find", false, null],
      ],
    });
    equal(other.of("a", "docs")?.get("search")?.readOnly, false);
  });

  it("of a tool that another window has learnt before are as they were there", () => {
    const one = window();
    const other = window();
    for (const each of [one, other]) {
      each.learn("a", hinted({}, "wiki"));
    }
    one.learn("a", hinted({ search: true }));
    other.learn("a", hinted({ search: false }));
    one.save("a");
    other.save("a");
    deepEqual(kept.get(KEY), { docs: [["search", true, null]] });
    equal(other.of("a", "docs")?.get("search")?.readOnly, true);
  });

  it("keep the object of a server for which nothing has changed", () => {
    const one = window();
    one.learn("a", hinted({ search: true }));
    one.save("a");
    const before = one.of("a", "docs");
    one.learn("a", hinted({ find: true }, "wiki"));
    one.save("a");
    equal(one.of("a", "docs"), before);
  });

  for (const bad of [
    7,
    "docs",
    [1],
    { docs: 7 },
    { docs: [7, [], [1], ["search", "yes"]] },
    null,
  ]) {
    it(`are learnt anew from ${JSON.stringify(bad)}, without an error`, () => {
      kept.set(KEY, bad);
      const one = window();
      one.learn("a", hinted({ find: true }));
      one.save("a");
      equal(one.of("a", "docs")?.get("find")?.readOnly, true);
      equal(window().of("a", "docs")?.get("find")?.readOnly, true);
    });
  }
});

function hinted(tools: Readonly<Record<string, boolean>>, id = "docs"): Server {
  return server({
    id,
    tools: Object.entries(tools).map(([name, readOnlyHint]) => {
      const made = capability("tool", name);
      return { ...made, source: { ...made.source, annotations: { readOnlyHint } } };
    }),
  });
}
