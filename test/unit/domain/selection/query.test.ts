import { deepEqual, ok } from "node:assert/strict";
import { catalogueOf } from "../../../../src/domain/catalogue/serverCatalogue.ts";
import { parseQuery, select } from "../../../../src/domain/selection/query.ts";
import { server } from "../../support/servers.ts";

const tool = (name: string, description: string, annotations?: object) => ({
  kind: "tool" as const,
  name,
  description,
  source: { name, description, ...(annotations === undefined ? {} : { annotations }) },
});

const docs = server({
  tools: [
    tool("search_docs", "Find a page", { readOnlyHint: true }),
    tool("delete_page", "Remove a page for good", { destructiveHint: true }),
    tool("open_web", "Fetch any URL", { readOnlyHint: true, openWorldHint: true }),
    tool("__proto__", "A legal name"),
  ],
  prompts: [],
  toolOverrides: [
    { name: "delete_page", enabled: false },
    { name: "open_web", alias: "browse" },
  ],
});
const all = catalogueOf(docs).tools.map((shown) => ({ shown }));

function found(text: string): readonly string[] | string {
  const parsed = parseQuery(text);
  if ("problem" in parsed) {
    return parsed.problem;
  }
  const result = select(parsed.query, all);
  return "problem" in result ? result.problem : result.selected.map(({ shown }) => shown.name);
}

describe("a selection of tools", () => {
  it("goes by what they cost, and leaves out what isn't counted", () => {
    const costs: Readonly<Record<string, number>> = { search_docs: 120, delete_page: 40 };
    const costly = (text: string) => {
      const parsed = parseQuery(text);
      ok("query" in parsed);
      const result = select(parsed.query, all, { cost: ({ shown }) => costs[shown.name] });
      return "problem" in result ? result.problem : result.selected.map(({ shown }) => shown.name);
    };
    deepEqual(costly("cost:>100"), ["search_docs"]);
    deepEqual(costly("cost:<100"), ["delete_page"]);
    deepEqual(costly("cost:30 page"), ["search_docs", "delete_page"]);
    ok("problem" in parseQuery("cost:much"));
  });

  it("goes by what nobody has accepted yet", () => {
    const waiting = new Map([
      ["search_docs", "changed"],
      ["delete_page", "new"],
    ] as const);
    const unaccepted = (text: string) => {
      const parsed = parseQuery(text);
      ok("query" in parsed);
      const result = select(parsed.query, all, {
        waiting: ({ shown: { name } }) => new Map<string, "new" | "changed">(waiting).get(name),
      });
      return "problem" in result ? result.problem : result.selected.map(({ shown }) => shown.name);
    };
    deepEqual(unaccepted("is:new"), ["delete_page"]);
    deepEqual(unaccepted("is:changed"), ["search_docs"]);
    deepEqual(unaccepted("-is:new -is:changed"), ["open_web", "__proto__"]);
    deepEqual(found("is:new"), []);
  });

  it("is all of them for an empty text", () => {
    deepEqual(found("  "), ["search_docs", "delete_page", "open_web", "__proto__"]);
  });

  it("goes by text in names, aliases and descriptions, and meets every word", () => {
    deepEqual(found("PAGE"), ["search_docs", "delete_page"]);
    deepEqual(found("page find"), ["search_docs"]);
    deepEqual(found("browse"), ["open_web"]);
    deepEqual(found("name:page"), ["delete_page"]);
    deepEqual(found("description:docs"), []);
    deepEqual(found('"for good"'), ["delete_page"]);
    deepEqual(found("page -remove"), ["search_docs"]);
  });

  it("goes by globs, which are about a whole name or description", () => {
    deepEqual(found("*_page"), ["delete_page"]);
    deepEqual(found("?earch*"), ["search_docs"]);
    deepEqual(found("description:*page*"), ["search_docs", "delete_page"]);
    deepEqual(found("search"), ["search_docs"]);
    deepEqual(found("searc?"), []);
  });

  it("goes by regular expressions, with spaces and slashes", () => {
    deepEqual(found("/^(search|open)_/"), ["search_docs", "open_web"]);
    deepEqual(found("/a page$/"), ["search_docs"]);
    deepEqual(found("name:/PAGE/"), ["delete_page"]);
    deepEqual(found("/a\\/b/"), []);
  });

  it("goes by annotations and by state", () => {
    deepEqual(found("is:read-only"), ["search_docs", "open_web"]);
    deepEqual(found("is:destructive"), ["delete_page"]);
    deepEqual(found("is:open-world"), ["open_web"]);
    deepEqual(found("is:unannotated"), ["__proto__"]);
    deepEqual(found("is:off"), ["delete_page"]);
    deepEqual(found("is:on -is:read-only"), ["__proto__"]);
    deepEqual(found("is:overridden"), ["open_web"]);
    deepEqual(found("is:prompt"), []);
  });

  it("says what can't be read", () => {
    deepEqual(
      found("is:blue"),
      "After is: comes one of on, off, overridden, read-only, destructive, open-world, unannotated, tool, prompt, new, changed.",
    );
    deepEqual(found("/(/"), "/(/ isn't a regular expression.");
  });

  it("gives up an expression that takes exponential time, within a second", () => {
    const many = [
      { shown: catalogueOf(server({ tools: [tool("a".repeat(60), "x")], prompts: [] })).tools[0] },
    ];
    const parsed = parseQuery("/^(a+)+b$/");
    const start = performance.now();
    const result =
      "query" in parsed
        ? select(
            parsed.query,
            many.flatMap(({ shown }) => (shown === undefined ? [] : [{ shown }])),
          )
        : parsed;
    deepEqual(result, { problem: "This regular expression takes too long. Use a simpler one." });
    ok(performance.now() - start < 1000);
  });
});
