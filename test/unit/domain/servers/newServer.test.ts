import { equal, ok } from "node:assert/strict";
import {
  readNewServer,
  serverIdProblem,
  serverIdWarning,
  serverUrlProblem,
  suggestServerId,
} from "../../../../src/domain/servers/newServer.ts";

describe("a new server", () => {
  const taken = new Set(["docs", "docs-2"]);

  it("gets a valid, unused id from its name", () => {
    for (const [name, id] of [
      ["Tickets", "tickets"],
      ["  Größe & Gewicht!  ", "gro-e-gewicht"],
      ["Docs", "docs-3"],
      ["snake_case", "snake-case"],
      ["日本語", "server"],
      ["x".repeat(40), "x".repeat(32)],
      [`${"a".repeat(31)} b`, "a".repeat(31)],
    ] as const) {
      equal(suggestServerId(name, taken), id);
      equal(serverIdProblem(id, taken), undefined, id);
    }
  });

  it("is refused with a reason for an invalid id or URL", () => {
    for (const id of ["", "Docs", "a--b", "-a", "a-", "a b", "x".repeat(33), "docs"]) {
      ok(serverIdProblem(id, taken), id);
    }
    equal(serverIdProblem("a_b", taken), undefined);
    ok(serverIdWarning("a_b"));
    equal(serverIdWarning("a-b"), undefined);
    for (const url of ["", "docs.example.com", "ftp://docs.example.com"]) {
      ok(serverUrlProblem(url));
    }
  });

  it("may come from a script, held to the same rules", () => {
    const body = { id: "new", name: "New", hostname: "https://a.example/mcp", auth_type: "bearer" };
    ok("server" in readNewServer(JSON.stringify(body), taken));
    ok("problem" in readNewServer(JSON.stringify({ ...body, id: "docs" }), taken));
    ok("problem" in readNewServer(JSON.stringify({ ...body, colour: "red" }), taken));
    ok("problem" in readNewServer("{", taken));
  });
});
