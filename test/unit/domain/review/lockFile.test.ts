import { deepEqual, equal, match, ok } from "node:assert/strict";
import { type LockFile, lockText, readLock } from "../../../../src/domain/review/lockFile.ts";
import { Dice } from "../../engine/support/dice.ts";
import { AT, baselineOf, randomCatalogue, tool } from "./support/definitions.ts";

const ACCOUNT = "0123456789abcdef0123456789abcdef";

function randomLock(dice: Dice): LockFile {
  const ids = ["docs", "__proto__", "10", "9"].filter(() => dice.chance(0.6));
  const document = () =>
    JSON.parse(`{"name":"n","tools":{"__proto__":{"enabled":${dice.chance(0.5)}},"7":{}}}`);
  return {
    account: ACCOUNT,
    accepted: new Map(
      ids.map((id) => {
        const { tools, prompts } = randomCatalogue(dice);
        const held = dice.chance(0.5) ? ["a", "b"] : [];
        return [id, { ...baselineOf(tools, prompts), reviewed: dice.chance(0.5), held }];
      }),
    ),
    pulled: {
      server: new Map(ids.map((id) => [id, document()])),
      portal: new Map(ids.map((id) => [id, document()])),
    },
  };
}

function lockIn(text: string): LockFile {
  const read = readLock(text);
  ok("lock" in read, "problem" in read ? read.problem : "");
  return read.lock;
}

function problemIn(text: string): string {
  const read = readLock(text);
  ok("problem" in read);
  return `${read.line}: ${read.problem}`;
}

const DOCS = (definition = tool("search")): LockFile => ({
  account: ACCOUNT,
  accepted: new Map([["docs", { ...baselineOf([definition, tool("zoom")]), held: [] }]]),
  pulled: { server: new Map(), portal: new Map() },
});

describe("A lock file", () => {
  it("that is read and written is the same bytes", () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const text = lockText(randomLock(new Dice(seed)));
      equal(lockText(lockIn(text)), text, `seed ${seed}`);
    }
  });

  it("has equal text for equal content, whatever the order in which it came", () => {
    const lock = randomLock(new Dice(7));
    const turned = { ...lock, accepted: new Map([...lock.accepted].reverse()) };
    equal(lockText(turned), lockText(lock));
  });

  it("has its keys in the order of UTF-16 units", () => {
    JSON.parse(lockText(randomLock(new Dice(3))), (_key, value: unknown) => {
      if (typeof value === "object" && value !== null && !Array.isArray(value)) {
        const keys = Object.keys(value).filter((key) => !/^\d+$/u.test(key));
        deepEqual(keys, keys.toSorted());
      }
      return value;
    });
  });

  it("differs in the lines of one tool where one tool differs", () => {
    const before = lockText(DOCS()).split("\n");
    const after = lockText(DOCS(tool("search", { description: "Else" }))).split("\n");
    const lines = after.filter((line, index) => line !== before[index]);
    deepEqual(lines, ['          "description": "Else",']);
  });

  it("with a merge conflict says so, with the line", () => {
    const text = lockText(DOCS()).replace("{\n", "{\n<<<<<<< ours\n");
    match(problemIn(text), /^2: It has a merge conflict\./);
    match(problemIn(lockText(DOCS()).replace("{\n", "{\n=======\r\n")), /^2: It has a merge/);
  });

  it("of a newer version says so, whatever else it has", () => {
    match(problemIn('{"version": 2, "more": 1}'), /^1: A newer mcp-portals/);
  });

  const edited: readonly (readonly [string, string])[] = [
    ["no JSON", "{"],
    ["another JSON", "[]"],
    ["a key more", lockText(DOCS()).replace('"version"', '"more": 1, "version"')],
    ["no version", lockText(DOCS()).replace('"version": 1', '"version": "1"')],
    ["a definition of another name", lockText(DOCS()).replace('"name": "search"', '"name": "x"')],
    ["a definition that is none", lockText(DOCS()).replace('"prompts": {}', '"prompts": {"a": 1}')],
    ["no date", lockText(DOCS()).replace(`"at": "${AT}"`, '"at": 1')],
  ];
  for (const [what, text] of edited) {
    it(`that was edited by hand and has ${what} says so`, () => {
      match(problemIn(text), /^1: It isn't as mcp-portals has written it\./);
    });
  }
});
