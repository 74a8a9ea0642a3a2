import { deepEqual, equal, notEqual } from "node:assert/strict";
import { headersInText } from "../../../../src/domain/servers/headersText.ts";
import { readNewServer } from "../../../../src/domain/servers/newServer.ts";
import { bearerProblem } from "../../../../src/domain/servers/upstreamCredentials.ts";

const TWO = [
  ["CF-Access-Client-Id", "0a1b2c.access"],
  ["X-Api-Key", "a b"],
];

describe("headers in a pasted text", () => {
  for (const text of [
    '[{"name":"CF-Access-Client-Id","value":"0a1b2c.access"},{"name":"X-Api-Key","value":"a b"}]',
    '[{"key":"CF-Access-Client-Id","value":"0a1b2c.access"},{"key":"X-Api-Key","value":"a b"}]',
    '[["CF-Access-Client-Id","0a1b2c.access"],["X-Api-Key","a b"]]',
    '{"CF-Access-Client-Id":"0a1b2c.access","X-Api-Key":"a b"}',
    ' {"headers":{"CF-Access-Client-Id":"0a1b2c.access","X-Api-Key":"a b"}} ',
    '{"headers":[{"name":"CF-Access-Client-Id","value":"0a1b2c.access"},{"name":"X-Api-Key","value":"a b"}]}',
    '["CF-Access-Client-Id: 0a1b2c.access","X-Api-Key: a b"]',
    '["curl","-H","CF-Access-Client-Id: 0a1b2c.access","--header","X-Api-Key: a b"]',
    "CF-Access-Client-Id: 0a1b2c.access\r\nX-Api-Key: a b\n",
    // As a box for one line shows what was copied as two.
    "CF-Access-Client-Id: 0a1b2c.access X-Api-Key: a b",
    "curl https://docs.example.com -H 'CF-Access-Client-Id: 0a1b2c.access' --header \"X-Api-Key: a b\"",
    "-H'CF-Access-Client-Id: 0a1b2c.access' --header='X-Api-Key: a b'",
  ]) {
    it(`are recognised in ${JSON.stringify(text)}`, () => {
      deepEqual([...(headersInText(text) ?? [])], TWO);
    });
  }

  for (const text of [
    "",
    "abc.def",
    "Bearer abc",
    "https://a.example.com",
    "localhost:80",
    "12345",
    "{",
    "[1]",
    "{}",
    "[]",
    '{"a":1}',
    '{"auth_mode":"manual","config":{}}',
  ]) {
    it(`aren't seen in ${JSON.stringify(text)}`, () => equal(headersInText(text), undefined));
  }

  it("keep a value in which words are followed by a colon", () => {
    const note = "seen at: noon, from https://a.example: twice";
    deepEqual([...(headersInText(`X-Note: ${note}`) ?? [])], [["X-Note", note]]);
  });

  it("of the name __proto__ is one like any other", () => {
    deepEqual([...(headersInText('{"__proto__":"a"}') ?? [])], [["__proto__", "a"]]);
  });

  for (const text of ["{", "[", "[1]", '[{"name":"A"}]', '"abc"', "'abc'"]) {
    it(`or other JSON aren't taken for a bearer token: ${text}`, () =>
      notEqual(bearerProblem(text), undefined));
  }

  it("that a script gives for a new server are sent as headers", () => {
    const body = { id: "docs", name: "Docs", hostname: "https://docs.example.com/mcp" };
    const read = readNewServer(
      JSON.stringify({
        ...body,
        auth_type: "bearer",
        auth_credentials: '[{"name":"X-Api-Key","value":"abc"}]',
      }),
      new Set(),
    );
    equal("server" in read && read.server.auth_credentials, '{"headers":{"X-Api-Key":"abc"}}');
  });
});
