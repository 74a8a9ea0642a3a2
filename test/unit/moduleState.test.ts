import { deepEqual, equal } from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../harness/paths.ts";

/** Methods that change a collection in place. */
const MUTATORS =
  "set|add|delete|clear|push|pop|shift|unshift|splice|sort|reverse|fill|copyWithin".split("|");

/**
 * The names of a module's variables that its code changes. Biome formats the sources, so what
 * begins a line stands outside of every function.
 */
function moduleState(text: string): readonly string[] {
  const variables = [...text.matchAll(/^(?:export )?(?:let|var) (\w+)/gmu)];
  const constants = [...text.matchAll(/^(?:export )?const (\w+)/gmu)];
  return [
    ...variables.map(([, name = ""]) => name),
    ...constants.map(([, name = ""]) => name).filter((name) => isChanged(text, name)),
  ];
}

function isChanged(text: string, name: string): boolean {
  const member = "(?:\\.\\w+|\\[[^\\]]*\\])";
  const changes = [
    `\\.(?:${MUTATORS.join("|")})\\(`,
    `${member}+ (?:[-+*/%&|^]|\\?\\?|\\|\\||&&)?= `,
    `${member}+(?:\\+\\+|--)`,
  ];
  const before = `(?<![\\w.$"'\`])`;
  return new RegExp(`${before}${name}(?:${changes.join("|")})|delete ${name}${member}`, "u").test(
    text,
  );
}

describe("The state of modules", () => {
  it("is nowhere in src: whatever changes has an owner", () => {
    const found = globSync("src/**/*.ts", { cwd: ROOT }).flatMap((path) =>
      moduleState(readFileSync(join(ROOT, path), "utf8")).map((name) => `${path} changes ${name}`),
    );
    deepEqual(found, []);
  });

  const Stateful: readonly (readonly [string, string])[] = [
    ["a variable", "export let state = 0;"],
    ["a cache", "const state = new WeakMap();\nconst f = (key) => state.set(key, 1);"],
    ["a list", "const state = [];\nfunction add(one) {\n  state.push(one);\n}"],
    ["a property", "const state = { last: 0 };\nconst f = () => {\n  state.last = 1;\n};"],
    ["an element", "const state = [0];\nconst f = () => {\n  state[0] += 1;\n};"],
    ["a counter", "const state = { count: 0 };\nconst f = () => state.count++;"],
    ["an entry", "const state = {};\nconst f = (key) => delete state[key];"],
  ];
  for (const [what, text] of Stateful) {
    it(`is noticed where it is ${what}`, () => deepEqual(moduleState(text), ["state"]));
  }

  it("isn't what a constant has, nor what an owner changes", () => {
    const owner = "class Owner {\n  add() {\n    let sum = 0;\n    this.names.add(sum);\n  }\n}";
    const text = `const names = new Set(["a"]);\nconst isFirst = names.a === 1;\n${owner}`;
    equal(moduleState(text).length, 0);
  });
});
