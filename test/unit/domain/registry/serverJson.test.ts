import { deepEqual, equal, ok } from "node:assert/strict";
import { serverJson } from "../../../../src/domain/registry/serverJson.ts";
import { Dice } from "../../engine/support/dice.ts";
import { server } from "../../support/servers.ts";
import { HOSTILE_TEXTS, hostileText } from "../report/support/hostile.ts";
import { problemsOf } from "./support/serverJsonRules.ts";

type Changes = Parameters<typeof server>[0];

function written(changes: Changes) {
  return JSON.parse(serverJson(server(changes)));
}

describe("A server.json of the MCP registry", () => {
  it("names a server by its host and its id, and says where it is", () => {
    deepEqual(written({}), {
      $schema: "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json",
      name: "com.example.docs/docs",
      title: "Docs",
      description: "Search the docs",
      version: "1.0.0",
      remotes: [{ type: "streamable-http", url: "https://docs.example.com/mcp" }],
    });
  });

  it("tells a server-sent events endpoint by its path", () => {
    equal(written({ hostname: "https://docs.example.com/sse" }).remotes[0].type, "sse");
  });

  it("asks for the credential of a server with a bearer token", () => {
    deepEqual(written({ authType: "bearer" }).remotes[0].headers, [
      {
        name: "Authorization",
        description: "The credential of the server",
        isRequired: true,
        isSecret: true,
      },
    ]);
  });

  it("asks for what stands in the query of a URL, and writes none of it", () => {
    const text = serverJson(
      server({ hostname: "https://ann:hunter2@docs.example.com/m{c}p?key=hunter3&key=b&q%7D=1" }),
    );
    const [remote] = JSON.parse(text).remotes;
    equal(remote.url, "https://docs.example.com/m%7Bc%7Dp?key={query_1}&q%7D={query_2}");
    deepEqual(Object.keys(remote.variables), ["query_1", "query_2"]);
    ok(!/hunter|ann/u.test(text));
    deepEqual(problemsOf(JSON.parse(text)), []);
  });

  it("is one that the registry takes, whatever administrators wrote", () => {
    const dice = new Dice(21);
    const texts = [...HOSTILE_TEXTS, "", " ", "x".repeat(500), "😀".repeat(300)];
    const generated = Array.from({ length: 300 }, () => hostileText(dice));
    for (const text of [...texts, ...generated]) {
      const changes: Changes = { id: `a${text}`, name: text, description: text, hostname: text };
      const hosted: Changes = { ...changes, hostname: `https://example.com/${text}?${text}=1` };
      for (const each of [changes, hosted]) {
        deepEqual(problemsOf(written(each)), [], JSON.stringify(each));
      }
    }
  });
});

describe("The rules of a server.json", () => {
  it("find what the registry would refuse, so that a test with them proves something", () => {
    const good: Record<string, unknown> = JSON.parse(serverJson(server()));
    const bad: Readonly<Record<string, unknown>> = {
      name: "docs",
      title: "",
      description: "x".repeat(101),
      version: "latest",
      remotes: [{ type: "stdio", url: "ftp://a" }],
      license: "MIT",
    };
    for (const [key, value] of Object.entries(bad)) {
      ok(problemsOf({ ...good, [key]: value }).length > 0, key);
    }
  });
});
