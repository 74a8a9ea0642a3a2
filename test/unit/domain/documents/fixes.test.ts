import { deepEqual, equal, notEqual } from "node:assert/strict";
import { checkDocument } from "../../../../src/domain/documents/check.ts";
import { documentFixes, putBack } from "../../../../src/domain/documents/fixes.ts";
import { DOCUMENT_CODES, problemInWords } from "../../../../src/domain/documents/problem.ts";
import { serverDocument } from "../../../../src/domain/documents/serverDocument.ts";
import { capability, server } from "../../support/servers.ts";

const tickets = server({
  tools: ["search_tickets", "create_ticket"].map((name) => capability("tool", name)),
  toolOverrides: [{ name: "search_tickets", alias: "find" }],
});
const document = serverDocument(tickets);
const base = document.text;
/** The section of the tools, with its key. */
const TOOLS = /"tools": \{[\s\S]*?\n {2}\}/u;
const ENTRY = '"create_ticket": { "enabled": true }';

/** The fixes for the first problem, with the text after each. */
function offers(text: string): readonly (readonly [string, string])[] {
  const [problem] = checkDocument(text, document);
  if (problem === undefined) {
    throw new Error("Nothing is wrong.");
  }
  return documentFixes(text, document, problem).map(({ title, edit }) => [
    title,
    text.slice(0, edit.offset) + edit.content + text.slice(edit.offset + edit.length),
  ]);
}

const entry = (content: string): string => base.replace(ENTRY, content);
const titles = (text: string): readonly string[] => offers(text).map(([title]) => title);

describe("the fixes of a document's mistakes", () => {
  for (const [title, text, ...expected] of [
    [
      "a name that is nearly a tool's",
      entry('"creat_ticket": { "enabled": false }'),
      'Change to "create_ticket"',
      'Remove "creat_ticket"',
    ],
    ["a name that is like no other", entry('"nowhere": {}'), 'Remove "nowhere"'],
    [
      "a key that is nearly one",
      entry('"create_ticket": { "enable": false }'),
      'Change to "enabled"',
      'Remove "enable"',
    ],
    [
      "a key that is nearly one that is there",
      entry('"create_ticket": { "enabled": true, "enable": false }'),
      'Remove "enable"',
    ],
    ["a key of the server", base.replace("{", '{ "nmae": "x",'), 'Remove "nmae"'],
    ["a key that comes again", entry(`${ENTRY}, ${ENTRY}`), "Remove This One"],
    [
      "a flag in words",
      base.replace('"secure_web_gateway": false', '"secure_web_gateway": "no"'),
      "Change to false",
      'Remove "secure_web_gateway"',
    ],
    [
      "a flag that may be anything",
      base.replace('"secure_web_gateway": false', '"secure_web_gateway": "maybe"'),
      'Remove "secure_web_gateway"',
    ],
    ["a number for a text", base.replace('"Docs"', "7"), 'Change to "7"', 'Remove "name"'],
    [
      "a flag for an entry",
      entry('"create_ticket": false'),
      'Change to { "enabled": false }',
      'Remove "create_ticket"',
    ],
    [
      "a section of another type",
      base.replace(TOOLS, '"tools": []'),
      'Put Back "tools" as at Cloudflare',
    ],
    ["a name without letters", base.replace('"Docs"', '""'), 'Remove "name"'],
    [
      "an alias that can't be one",
      entry('"create_ticket": { "alias": "two words" }'),
      'Remove "alias"',
    ],
    ["what is no object", "[]", "Put Back What Is at Cloudflare"],
    ["what isn't JSON", "{", "Put Back What Is at Cloudflare"],
    [
      "a section that is missing",
      '{ "name": "Docs" }',
      'Insert "tools" as at Cloudflare',
      'Insert "tools" without Overrides',
    ],
  ] as const) {
    it(`each leave a text that can be saved: ${title}`, () => {
      deepEqual(titles(text), expected);
      for (const [, mended] of offers(text)) {
        deepEqual(checkDocument(mended, document), []);
      }
    });
  }

  it("exist for every code", () => {
    const texts = ["{", "[]", "{}", '{"a":1,"tools":{}}', '{"tools":{"a":{}}}'];
    const more = ['{"tools":{},"tools":{}}', '{"name":"","tools":{}}'];
    const codes = [...texts, ...more].map((text) => checkDocument(text, document)[0]?.code);
    // No value of a server has a form of its own. Those of portals do.
    deepEqual([...codes, "document/value"].toSorted(), DOCUMENT_CODES.toSorted());
    for (const text of [...texts, ...more]) {
      notEqual(offers(text).length, 0);
    }
  });

  it("remove the second of two entries, and one comma", () => {
    const twice = (mine: string): string => `{"tools":{"create_ticket":{},${mine}}}`;
    equal(offers(twice('"create_ticket":{"enabled":false}'))[0]?.[1], twice("").replace(",", ""));
    equal(offers('{"a":1,"tools":{}}')[0]?.[1], '{"tools":{}}');
    equal(offers('{"tools":{"a":{}}}')[0]?.[1], '{"tools":{}}');
  });

  it("set a property back to what Cloudflare has", () => {
    const back = (text: string, ...path: string[]): string | undefined => {
      const edit = putBack(text, document, path)?.edit;
      return (
        edit && text.slice(0, edit.offset) + edit.content + text.slice(edit.offset + edit.length)
      );
    };
    equal(back(base.replace('"Docs"', '"Mine"'), "name"), base);
    equal(back(base.replace('"find"', '"mine"'), "tools", "search_tickets", "alias"), base);
    const aliased = entry('"create_ticket": { "enabled": true, "alias": "mine" }');
    equal(back(aliased, "tools", "create_ticket", "alias"), base);
    equal(back(base, "name"), undefined);
    equal(back(base, "nothing"), undefined);
  });
});

describe("the message about a mistake", () => {
  const words = (text: string): string | undefined => {
    const [problem] = checkDocument(text, document);
    return problem && problemInWords(text, problem);
  };

  it("names the line and the property", () => {
    equal(
      words(base.replace('"secure_web_gateway": false', '"secure_web_gateway": "no"')),
      'Line 4, "secure_web_gateway": This has to be true or false.',
    );
    equal(
      words(entry('"create_ticket": { "enabled": 7 }')),
      'Line 7, "create_ticket" › "enabled": This has to be true or false.',
    );
  });

  it("names the line where the sentence names the key", () => {
    equal(words(entry('"nowhere": {}')), 'Line 7: This server has no tool "nowhere".');
    equal(words('{\n"a": 1, "tools": {}}'), 'Line 2: "a" isn\'t defined here.');
    equal(words("[]"), "Line 1: This has to be an object.");
  });
});
