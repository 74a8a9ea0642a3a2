import { deepEqual, equal } from "node:assert/strict";
import type { PartContent } from "../../../../src/domain/documents/parse.ts";
import { readDocument } from "../../../../src/domain/documents/parse.ts";
import { readPlain } from "../../../../src/domain/documents/plainJson.ts";
import { PORTAL_SHAPE } from "../../../../src/domain/documents/portalDocument.ts";

const PORTAL = `{
  "name": "Engineering",
  "description": "",
  "servers": {
    "docs": {
      "default_disabled": false,
      "tools": {
        "__proto__": { "enabled": true },
        "search": { "alias": "find", "enabled": false }
      },
      "prompts": {}
    }
  }
}
`;

/** With every place, which a comment makes the other parser look for. */
function whole(part: PartContent, moved = 0): unknown {
  const at = ({ offset, length }: { readonly offset: number; readonly length: number }) => [
    offset - moved,
    length,
  ];
  return {
    name: part.name.offset === 0 ? [0, 1] : at(part.name),
    values: [...part.values].map(([key, { value, span }]) => [key, value, at(span)]),
    sections: [...part.sections].map(([key, parts]) => [
      key,
      [...parts].map(([name, each]) => [name, whole(each, moved)]),
    ]),
  };
}

describe("Reading a document of plain JSON", () => {
  it("finds the same values at the same places as with a comment in it", () => {
    const comment = "/* Ours. */";
    const plain = readPlain(PORTAL, PORTAL_SHAPE);
    const other = readDocument(comment + PORTAL, PORTAL_SHAPE, { comments: true });
    equal(plain?.problems.length, 0);
    equal(other.problems.length, 0);
    deepEqual(plain && whole(plain), whole(other, comment.length));
  });

  for (const [what, from, to] of [
    ["isn't JSON", '"name"', "name"],
    ["has a comment", "{\n", "{ // Ours.\n"],
    ["has a key that isn't defined", '"name"', '"nam"'],
    ["has a value of another type", '"enabled": true', '"enabled": 1'],
    ["has no object where one has to be", '"prompts": {}', '"prompts": []'],
    ["has a value that can't be", '"alias": "find"', '"alias": "find it"'],
    ["has a key twice", '"name"', '"name": "A", "name"'],
    ["has a key twice, of which one is spaced", '"name"', '"name" : "A", "name"'],
    ["has a tool twice", '"search"', '"search": {}, "search"'],
    ["has a tool whose name would come first", '"search"', '"7"'],
  ] as const) {
    it(`is left to the parser that knows places where the text ${what}`, () => {
      equal(PORTAL.includes(from), true);
      equal(readPlain(PORTAL.replace(from, to), PORTAL_SHAPE), undefined);
    });
  }
});
