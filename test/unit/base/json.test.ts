import { equal } from "node:assert/strict";
import { sameJson } from "../../../src/base/json.ts";

describe("JSON values", () => {
  const pairs: readonly (readonly [string, string, boolean])[] = [
    ['{"a":[1,{"b":null}],"c":"x"}', '{"c":"x","a":[1,{"b":null}]}', true],
    ['{"a":1}', '{"a":1,"b":2}', false],
    ['{"a":1}', '{"b":1}', false],
    ["[1,2]", "[2,1]", false],
    ["[]", "{}", false],
    ["null", "{}", false],
    ['{"__proto__":1}', '{"__proto__":2}', false],
    ['{"__proto__":{"a":1}}', '{"__proto__":{"a":1}}', true],
  ];
  for (const [one, other, same] of pairs) {
    it(`${one} and ${other} are ${same ? "the same" : "different"}`, () =>
      equal(sameJson(JSON.parse(one), JSON.parse(other)), same));
  }

  it("can be compared at any depth", () => {
    equal(sameJson(deep(100_000, "end"), deep(100_000, "end")), true);
    equal(sameJson(deep(100_000, "end"), deep(100_000, "other end")), false);
  });
});

function deep(levels: number, end: string): unknown {
  let value: unknown = end;
  for (let level = 0; level < levels; level += 2) {
    value = { a: [value] };
  }
  return value;
}
