import { deepEqual, equal } from "node:assert/strict";
import { addressParts, listedInShort, withoutEnding } from "../../../src/base/text.ts";

describe("a text without its ending", () => {
  it("loses the run of characters at its end, and no others", () => {
    equal(withoutEnding("a.b...", "."), "a.b");
    equal(withoutEnding("-_a_-_", "_-"), "-_a");
    equal(withoutEnding("...", "."), "");
    equal(withoutEnding("", "."), "");
  });
});

describe("a list in short", () => {
  it("names all of a few, and counts the rest of many", () => {
    equal(listedInShort([]), "");
    equal(listedInShort(["Docs", "Shop"], 2), "Docs, Shop");
    equal(listedInShort(["Docs", "Shop", "Wiki"], 2), "Docs, Shop and 1 more");
  });
});

describe("the parts of an address", () => {
  it("can be read back, whatever characters they have", () => {
    const parts = ["tool", "a", "docs", "__proto__ \u2028/?#%"];
    deepEqual(addressParts(JSON.stringify(parts)), parts);
  });

  it("are undefined for an address made elsewhere", () => {
    for (const query of ["", "{", "x=1", "null", "7", '"tool"', '{"0":"tool"}']) {
      deepEqual(addressParts(query), []);
    }
    deepEqual(addressParts('["tool",7,null,{"a":1}]'), ["tool", undefined, undefined, undefined]);
  });
});
