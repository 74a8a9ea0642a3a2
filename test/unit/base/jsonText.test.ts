import { equal, throws } from "node:assert/strict";
import { jsonText } from "../../../src/base/jsonText.ts";

function nested(depth: number): unknown {
  return JSON.parse(`${'{"a":['.repeat(depth)}${"]}".repeat(depth)}`);
}

describe("the text of a JSON value", () => {
  const value = JSON.parse(
    '{"z": [1, "a\\"b", null, true, {}, [], {"__proto__": {"b": -0.5}}], "1": {"deep": [[2]]}}',
  );

  it("is what JSON.stringify writes, on one line or indented", () => {
    for (const each of [value, 1, "a", null, [], {}, [[]], [{}]]) {
      equal(jsonText(each), JSON.stringify(each));
      equal(jsonText(each, 20), JSON.stringify(each, undefined, 2));
    }
  });

  it("can be had for what is nested too deep for JSON.stringify, in linear space", () => {
    const deep = nested(5_000);
    throws(() => JSON.stringify(deep), RangeError);
    equal(jsonText(deep), `${'{"a":['.repeat(5_000)}${"]}".repeat(5_000)}`);
    equal(jsonText(deep, 50).length < 200_000, true);
    equal(jsonText(JSON.parse(jsonText(nested(500), 50))), jsonText(nested(500)));
  });
});
