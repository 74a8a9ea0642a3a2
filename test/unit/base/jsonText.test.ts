import { equal, throws } from "node:assert/strict";
import { canonicalText, jsonText } from "../../../src/base/jsonText.ts";

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

  it("is canonical where the keys are sorted by their UTF-16 units, as RFC 8785 has it", () => {
    // The sample of section 3.2.3 there.
    const sample = JSON.parse(
      '{"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew","1":"One","\\ud83d\\ude00":"Emoji","\\u0080":"Control","\\u00f6":"o"}',
    );
    equal(
      canonicalText(sample),
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"o","€":"Euro Sign","😀":"Emoji","\ufb33":"Hebrew"}',
    );
    equal(canonicalText({ 10: [{ b: 1, a: 2 }], 9: 1e21 }), '{"10":[{"a":2,"b":1}],"9":1e+21}');
    equal(canonicalText({ b: 1, a: {} }, 1), '{\n  "a": {},\n  "b": 1\n}');
    equal(canonicalText(nested(5_000)), jsonText(nested(5_000)));
  });
});
