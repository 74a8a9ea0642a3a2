import { deepEqual, equal, ok } from "node:assert/strict";
import {
  portalHostProblem,
  readNewPortal,
  suggestHost,
} from "../../../../src/domain/portals/newPortal.ts";

const TAKEN = {
  ids: new Set(["main"]),
  hosts: new Map([["mcp.example.com", "Main"]]),
};

function problemOf(changes: Readonly<Record<string, unknown>>): string | undefined {
  const portal = { id: "team", name: "Team", hostname: "team.example.com", ...changes };
  const read = readNewPortal(JSON.stringify(portal), TAKEN);
  return "problem" in read ? read.problem : undefined;
}

describe("a new portal", () => {
  it("is what a script gives, with a description or without one", () => {
    const portal = { id: "team", name: "Team", hostname: "team.example.com" };
    deepEqual(readNewPortal(JSON.stringify(portal), TAKEN), { portal });
    const described = { ...portal, description: "For the team" };
    deepEqual(readNewPortal(JSON.stringify(described), TAKEN), { portal: described });
  });

  it("is refused as the API would refuse it", () => {
    equal(problemOf({ id: "main" }), "There is a portal with this id already.");
    ok(problemOf({ id: "Two Words" }));
    ok(problemOf({ id: "a".repeat(33) }));
    equal(problemOf({ name: " " }), "A portal needs a name.");
    ok(problemOf({ description: "x".repeat(513) }));
    equal(problemOf({ servers: [] }), "This isn't the definition of a portal.");
    equal("problem" in readNewPortal("not JSON", TAKEN), true);
  });

  it("has a host that no other portal has, whatever the case of its letters", () =>
    equal(problemOf({ hostname: "MCP.example.com" }), "Main has this host already."));

  it("has a host name, and no URL, address or single word", () => {
    for (const hostname of [
      "",
      "localhost",
      "https://mcp.example.com",
      "mcp.example.com/mcp",
      "10.0.0.1",
      "-a.example.com",
    ]) {
      ok(portalHostProblem(hostname, TAKEN.hosts), hostname);
    }
    equal(portalHostProblem("a.b-c.example.com", TAKEN.hosts), undefined);
  });

  it("is offered a host beside that of another portal, where that one is free", () => {
    const beside = (...hosts: readonly string[]): string =>
      suggestHost("team", new Map(hosts.map((host) => [host, "Another"])));
    equal(beside("mcp.example.com"), "team-mcp.example.com");
    equal(beside("example.com"), "team-mcp.example.com");
    equal(beside("mcp.example.com", "team-mcp.example.com"), "");
    equal(beside(), "");
  });
});
