import { deepEqual, equal } from "node:assert/strict";
import { catalogueOf } from "../../../../src/domain/catalogue/serverCatalogue.ts";
import { parseAliasPattern, planAliases } from "../../../../src/domain/selection/aliasPattern.ts";
import { capability, server } from "../../support/servers.ts";

const github = server({
  tools: ["github_search", "github_delete", "ping", "gh_ping"].map((name) =>
    capability("tool", name),
  ),
  prompts: [],
  toolOverrides: [{ name: "ping", alias: "hello" }],
});

function plan(text: string): readonly (readonly [string, string | null])[] | string {
  const pattern = parseAliasPattern(text);
  if (pattern === undefined) {
    return "no pattern";
  }
  const beside = catalogueOf(github);
  const planned = planAliases(
    pattern,
    beside.tools.map((shown) => ({ shown, beside })),
  );
  return "problem" in planned
    ? planned.problem
    : planned.renamings.map(({ of, alias }) => [of.shown.name, alias]);
}

describe("aliases by a pattern", () => {
  it("are given to the names that it matches", () => {
    const short = [
      ["github_search", "gh_search"],
      ["github_delete", "gh_delete"],
    ] as const;
    deepEqual(plan("^github_(.*)$ → gh_$1"), short);
    deepEqual(plan("^github_(.*)$ -> gh_$1"), short);
  });

  it("are reset where it gives back the upstream's own name", () => {
    deepEqual(plan("^(ping)$ → $1"), [["ping", null]]);
  });

  it("have the form of an alias, or none is given", () => {
    equal(
      plan("^github_(.*)$ → _$1"),
      'github_search would become "_search". An alias is made of letters and digits, with single hyphens or underscores between them.',
    );
  });

  it("are unique among names and aliases as they will be, or none is given", () => {
    equal(
      plan("^github_.*$ → same"),
      'github_search and github_delete would both be called "same".',
    );
    equal(
      plan("^github_search$ → gh_ping"),
      'gh_ping and github_search would both be called "gh_ping".',
    );
    equal(plan("^github_search$ → hello"), 'github_search and ping would both be called "hello".');
  });

  it("need an arrow and an expression", () => {
    deepEqual(["gh_$1", "( → x", " → x", "a → b → c"].map(plan), Array(4).fill("no pattern"));
  });

  it("aren't waited for where the expression takes exponential time", () => {
    const beside = catalogueOf(
      server({ tools: [capability("tool", "a".repeat(60))], prompts: [] }),
    );
    deepEqual(
      planAliases(
        { expression: "^(a+)+b$", replacement: "x" },
        beside.tools.map((shown) => ({ shown, beside })),
      ),
      { problem: "This regular expression takes too long. Use a simpler one." },
    );
  });
});
