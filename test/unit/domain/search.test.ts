import { deepEqual, equal, ok } from "node:assert/strict";
import type { Override } from "../../../src/domain/catalogue/overrides.ts";
import { Search } from "../../../src/domain/search.ts";
import type { Server } from "../../../src/domain/servers/server.ts";
import { capability, server } from "../support/servers.ts";

const named = (names: readonly string[], more: Partial<Server> = {}): Server =>
  server({
    id: "s",
    name: "Upstream",
    tools: names.map((name) => capability("tool", name, "")),
    prompts: [],
    ...more,
    toolOverrides: [],
    promptOverrides: [],
  });

const found = (servers: readonly Server[], query: string, limit = 100): readonly string[] =>
  new Search(servers).find(query, limit).best.map(({ capability: { label } }) => label);

describe("the search over tools and prompts", () => {
  it("ranks the whole name first, then names that begin with it, have it as a word, contain it", () =>
    deepEqual(found([named(["relogs", "query_logs", "logs_of_a_day", "logs", "pages"])], "logs"), [
      "logs",
      "logs_of_a_day",
      "query_logs",
      "relogs",
    ]));

  it("ranks names before servers before descriptions", () => {
    const servers = [
      server({ id: "a", tools: [capability("tool", "one", "Reads a ticket")], prompts: [] }),
      named(["two"], { id: "b", name: "Tickets" }),
      named(["get_ticket"], { id: "c" }),
    ];
    deepEqual(found(servers, "ticket"), ["get_ticket", "two", "one"]);
  });

  it("wants every word, wherever it is", () => {
    const servers = [
      named(["search", "delete"], { id: "docs", name: "Docs" }),
      named(["search"], { id: "wiki", name: "Wiki" }),
    ];
    equal(new Search(servers).find("search docs", 9).count, 1);
    equal(new Search(servers).find("  docs   search ", 9).best[0]?.server.id, "docs");
    deepEqual(found(servers, "docs nothing"), []);
  });

  it("finds by alias, by the name that it hides, and by the exposed name", () => {
    const toolOverrides: readonly Override[] = [{ name: "search", alias: "find" }];
    const docs = server({ toolOverrides, prompts: [] });
    for (const query of ["find", "search", "docs_find"]) {
      equal(found([docs], query)[0], "find", query);
    }
    const both = server({
      toolOverrides,
      tools: [capability("tool", "search"), capability("tool", "search2")],
    });
    equal(found([both], "search")[0], "find");
  });

  it("finds a name by the beginnings of its words", () => {
    const servers = [named(["get_page", "getTicket", "forget", "page_get"])];
    deepEqual(found(servers, "gpag"), ["get_page"]);
    deepEqual(found(servers, "gt"), ["getTicket"]);
    deepEqual(found(servers, "getp"), ["get_page"]);
    deepEqual(found(servers, "ppage"), []);
  });

  it("ignores case, accents and compatibility forms", () => {
    const servers = [named(["Überprüfe", "ﬁle_list", "検索", "İstanbul"])];
    deepEqual(found(servers, "uberprufe"), ["Überprüfe"]);
    deepEqual(found(servers, "FILE"), ["ﬁle_list"]);
    deepEqual(found(servers, "検"), ["検索"]);
    deepEqual(found(servers, "istan"), ["İstanbul"]);
  });

  it("finds names such as __proto__", () => {
    const hostile = ["__proto__", "constructor", "$(trash)", "[a](command:b)", "\ud800", "(.*", ""];
    for (const name of hostile) {
      ok(found([named(hostile)], name).includes(name), name);
    }
  });

  it("sorts equal matches by length, then in their order", () =>
    deepEqual(found([named(["get_bbb", "get_aaa", "get_a"])], "get"), [
      "get_a",
      "get_bbb",
      "get_aaa",
    ]));

  it("returns everything in order without a query, up to a limit, with the whole count", () => {
    const servers = [named(["b", "a"]), named(["c"], { id: "t" })];
    deepEqual(found(servers, "", 2), ["b", "a"]);
    deepEqual(found(servers, " "), ["b", "a", "c"]);
    equal(new Search(servers).find("", 2).count, 3);
  });

  it("gives the same results for typing on and deleting letters as for a new search", () => {
    const servers = [named(["get_page", "get_ticket", "set_page", "ticket page"])];
    const search = new Search(servers);
    for (const query of ["p", "pa", "pa g", "pa ge", "pa", "t", "", "get ", "get t", "gt"]) {
      deepEqual(search.find(query, 9), new Search(servers).find(query, 9), query);
    }
  });

  it("isn't slowed by endless texts", () => {
    const endless = "a_".repeat(100_000);
    equal(new Search([named([endless])]).find(`b${endless}`, 1).count, 0);
    equal(new Search([named([endless])]).find("a_a_a", 1).count, 1);
  });
});
