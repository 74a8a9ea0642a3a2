import { equal, match } from "node:assert/strict";
import { aliasProblem } from "../../../../src/domain/catalogue/aliases.ts";
import { catalogueOf } from "../../../../src/domain/catalogue/serverCatalogue.ts";
import { server } from "../../support/servers.ts";

describe("an alias", () => {
  const docs = server({ toolOverrides: [{ name: "delete_page", alias: "remove" }] });
  const problem = (alias: string): string | undefined =>
    aliasProblem(catalogueOf(docs), "tool", "search", alias);

  for (const alias of ["a", "find-docs", "find_docs_2", "a".repeat(40)]) {
    it(`may be ${alias}`, () => equal(problem(alias), undefined));
  }

  for (const alias of ["-a", "a-", "a--b", "a_-b", "a b", "ä", "a.b", ""]) {
    it(`may not be "${alias}"`, () => match(problem(alias) ?? "", /letters and digits/));
  }

  it("has at most 40 characters", () => match(problem("a".repeat(41)) ?? "", /at most 40.*has 41/));

  it("isn't the name of another tool", () =>
    match(problem("delete_page") ?? "", /name of another tool/));

  it("isn't the name of a prompt", () =>
    match(problem("summarise") ?? "", /name of another prompt/));

  it("isn't another one's alias", () =>
    match(problem("remove") ?? "", /already the alias of delete_page/));

  it("may stay as it is", () =>
    equal(aliasProblem(catalogueOf(docs), "tool", "delete_page", "remove"), undefined));
});
