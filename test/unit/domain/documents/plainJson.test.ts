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

  it("has its parts as a map does", () => {
    const parts = readPlain(PORTAL, PORTAL_SHAPE)?.sections.get("servers")?.get("docs");
    const tools = parts?.sections.get("tools");
    equal(tools?.size, 2);
    deepEqual([...(tools?.keys() ?? [])], ["__proto__", "search"]);
    deepEqual(
      ["__proto__", "search", "toString"].map((name) => [
        tools?.has(name),
        tools?.get(name)?.values.get("enabled")?.value,
      ]),
      [
        [true, true],
        [true, false],
        [false, undefined],
      ],
    );
    equal(tools?.get("search"), tools?.get("search"));
    deepEqual([...(tools?.values() ?? [])], [tools?.get("__proto__"), tools?.get("search")]);
    const told: unknown[] = [];
    tools?.forEach((part, name, all) => {
      told.push([name, part === tools.get(name), all === tools]);
    });
    deepEqual(told, [
      ["__proto__", true, true],
      ["search", true, true],
    ]);
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
    ["has a key on another line than its colon", '"name":', '"name"\n:'],
    ["has a tool twice", '"search"', '"search": {}, "search"'],
    ["has a tool whose name would come first", '"search"', '"7"'],
  ] as const) {
    it(`is left to the parser that knows places where the text ${what}`, () => {
      equal(PORTAL.includes(from), true);
      equal(readPlain(PORTAL.replace(from, to), PORTAL_SHAPE), undefined);
    });
  }
});
