import { deepEqual, equal } from "node:assert/strict";
import ajvModule from "ajv";
import { readWaivers } from "../../../../src/domain/report/waiversFile.ts";
import { waiversSchemaText } from "../../../../src/domain/report/waiversSchema.ts";

const isValid = new ajvModule.default({ allErrors: true, strictRequired: false }).compile(
  JSON.parse(waiversSchemaText()),
);

const GOOD = `{
  // Reviewed by the platform team.
  "$schema": "schemas/mcp-portals.waivers.schema.json",
  "waivers": [
    { "rule": "name/over-64", "server": "docs", "name": "search", "reason": "Only we use it." },
    { "rule": "portal/empty", "portal": "eng", "reason": "Being built.", "expires": "2027-01-31" }
  ]
}
`;

/** A file with one waiver, which begins on line 3. */
function file(waiver: object): string {
  return `{\n  "waivers": [\n    ${JSON.stringify(waiver)}\n  ]\n}\n`;
}

const whole = { rule: "name/over-64", server: "docs", reason: "Only we use it." };

describe("The file of the waivers", () => {
  it("is read with comments, each waiver with its lines", () => {
    const { waivers, problems } = readWaivers(GOOD);
    deepEqual(problems, []);
    deepEqual(
      waivers.map(({ region, ...waiver }) => ({ ...waiver, line: region.startLine })),
      [
        {
          rule: "name/over-64",
          reason: "Only we use it.",
          server: "docs",
          name: "search",
          line: 5,
        },
        {
          rule: "portal/empty",
          reason: "Being built.",
          portal: "eng",
          expires: "2027-01-31",
          line: 6,
        },
      ],
    );
  });

  const wrong: readonly (readonly [what: string, text: string, line: number, message: string])[] = [
    ["isn't JSON", '{\n  "waivers": [\n', 3, "This isn't JSON."],
    ["is empty", "", 1, "This isn't JSON."],
    ["is a list", "[]", 1, "This has to be an object."],
    ["has no list", "{}", 1, '"waivers" has to be a list of waivers.'],
    [
      "has another key",
      `{\n  "waiver": [],\n  "waivers": []\n}`,
      2,
      '"waiver" isn\'t defined here.',
    ],
    ["has a text in the list", `{\n "waivers": [\n  "x"\n ]}`, 3, "This has to be an object."],
    ["has no rule", file({ server: "a", reason: "b" }), 3, 'A waiver needs a "rule".'],
    ["has no reason", file({ rule: "a", server: "b" }), 3, 'A waiver needs a "reason".'],
    [
      "has an empty reason",
      file({ ...whole, reason: " " }),
      3,
      '"reason" has to be a text that isn\'t empty.',
    ],
    [
      "has a number for a server",
      file({ ...whole, portal: "eng", server: 7 }),
      3,
      '"server" has to be a text that isn\'t empty.',
    ],
    [
      "has neither server nor portal",
      file({ rule: "a", reason: "b" }),
      3,
      'A waiver needs a "server" or a "portal".',
    ],
    ["has an unknown key", file({ ...whole, until: "x" }), 3, '"until" isn\'t defined here.'],
    [
      "expires some day",
      file({ ...whole, expires: "soon" }),
      3,
      '"expires" has to be a day such as 2027-01-31.',
    ],
  ];
  for (const [what, text, line, message] of wrong) {
    it(`that ${what} has one problem, with its line`, () =>
      deepEqual(
        readWaivers(text).problems.map(({ region, message: told }) => [region.startLine, told]),
        [[line, message]],
      ));
  }

  it("has no waiver that expires on a day which isn't in the calendar", () =>
    equal(readWaivers(file({ ...whole, expires: "2027-02-30" })).problems.length, 1));

  it("may not say a thing twice", () =>
    deepEqual(
      readWaivers(`{"waivers": [],\n"waivers": []}`).problems.map(({ message }) => message),
      ['"waivers" is here twice.'],
    ));

  it("is described by a schema that takes what is read and refuses what isn't", () => {
    const good: unknown = JSON.parse(GOOD.replace(/^.*\/\/.*\n/mu, ""));
    equal(isValid(good), true, JSON.stringify(isValid.errors));
    for (const [what, text] of wrong) {
      if (what !== "isn't JSON" && what !== "is empty") {
        equal(isValid(JSON.parse(text)), false, what);
      }
    }
  });
});
