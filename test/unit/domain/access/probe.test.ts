import { deepEqual } from "node:assert/strict";
import { zoneNamesOf } from "../../../../src/domain/access/dns.ts";
import {
  type ProbeAnswer,
  type ProbeOutcome,
  probeOutcome,
} from "../../../../src/domain/access/probe.ts";

const METADATA = 'Bearer resource_metadata="https://x/.well-known/oauth-protected-resource/mcp"';

const CASES: readonly (readonly [
  title: string,
  answer: Partial<ProbeAnswer> & { readonly status: number },
  outcome: ProbeOutcome,
])[] = [
  ["401 with metadata", { status: 401, wwwAuthenticate: METADATA }, { kind: "portal" }],
  ["401 without metadata", { status: 401, wwwAuthenticate: "Bearer" }, { kind: "noMetadata" }],
  [
    "401 as a page with metadata",
    { status: 401, wwwAuthenticate: METADATA, contentType: "text/html" },
    { kind: "portal" },
  ],
  [
    "522",
    { status: 522, contentType: "text/html", text: "error code: 522" },
    { kind: "edge", code: 522 },
  ],
  ["530 with 1016", { status: 530, text: "error code: 1016" }, { kind: "edge", code: 1016 }],
  [
    "530 with another code",
    { status: 530, text: "error code: 1033" },
    { kind: "edge", code: 1033 },
  ],
  ["530 alone", { status: 530 }, { kind: "edge", code: 530 }],
  [
    "403 with 1014",
    { status: 403, text: "<title>Error 1014</title>" },
    { kind: "edge", code: 1014 },
  ],
  [
    "a login page",
    { status: 200, contentType: "text/html; charset=utf-8" },
    { kind: "html", status: 200 },
  ],
  [
    "a page that speaks of an error",
    { status: 200, contentType: "text/html", text: "error 1016" },
    { kind: "html", status: 200 },
  ],
  ["a redirect", { status: 302 }, { kind: "other", status: 302 }],
  [
    "a code too far down",
    { status: 500, text: `${" ".repeat(30_000)}error code: 1016` },
    { kind: "other", status: 500 },
  ],
];

describe("The probe of a portal's endpoint", () => {
  for (const [title, answer, outcome] of CASES) {
    it(`tells ${title} apart`, () => {
      deepEqual(
        probeOutcome({ contentType: "", wwwAuthenticate: "", text: "", ...answer }),
        outcome,
      );
    });
  }

  it("looks for zones from the host itself to the name below the top level", () => {
    deepEqual(zoneNamesOf("MCP.team.example.com"), [
      "mcp.team.example.com",
      "team.example.com",
      "example.com",
    ]);
    deepEqual(zoneNamesOf("localhost"), []);
  });
});
