import assert from "node:assert/strict";
import type { ToolCalls } from "../../../src/domain/usage/toolCalls.ts";
import { USAGE_DAYS, Usage } from "../../../src/engine/usage.ts";

describe("usage", () => {
  const calls: ToolCalls = { start: 0, end: 1, days: [] };
  let now: number;
  let asked: string[];
  let failing: boolean;
  let usage: Usage;

  beforeEach(() => {
    now = 1000;
    asked = [];
    failing = false;
    usage = new Usage({
      now: () => now,
      api: {
        readToolCalls: async (scope, { days }, options) => {
          asked.push([...Object.values(scope), days, options?.priority].join(" "));
          if (failing) {
            throw new Error("Not now");
          }
          return calls;
        },
      },
    });
  });

  it("is asked for once in ten minutes, by however many", async () => {
    assert.deepEqual(asked, []);
    const docs = { kind: "server", id: "docs" } as const;
    await Promise.all([usage.toolCalls(docs), usage.toolCalls({ ...docs })]);
    now += 599_000;
    await usage.toolCalls(docs);
    assert.deepEqual(asked, [`server docs ${USAGE_DAYS} background`]);
    now += 1000;
    await usage.toolCalls(docs);
    assert.equal(asked.length, 2);
  });

  it("keeps apart a server, a portal of its id and the account", async () => {
    await usage.toolCalls({ kind: "server", id: "docs" });
    await usage.toolCalls({ kind: "portal", id: "docs" });
    await usage.toolCalls({ kind: "account" });
    assert.deepEqual(
      asked.map((line) => line.replace(/ \d+ \w+$/u, "")),
      ["server docs", "portal docs", "account"],
    );
  });

  it("is asked for again after a failure", async () => {
    failing = true;
    await assert.rejects(usage.toolCalls({ kind: "account" }), /Not now/u);
    failing = false;
    assert.equal(await usage.toolCalls({ kind: "account" }), calls);
  });
});
