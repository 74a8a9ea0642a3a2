import { doesNotMatch, match, ok } from "node:assert/strict";
import { diagnoseSync } from "../../../../src/domain/diagnosis/upstream.ts";
import { pick, seeded } from "../../cloudflare/support/bend.ts";
import { server } from "../../support/servers.ts";

/** `DIAGNOSES_ROUNDS=100000 DIAGNOSES_SEED=7 mocha test/unit/domain/diagnosis/fuzz.test.ts`; a failure names its seed. */
const runs = Number(process.env["DIAGNOSES_ROUNDS"] ?? 2000);
const firstSeed = Number(process.env["DIAGNOSES_SEED"] ?? 1);

const words = [
  ...[
    "MCP error -32001: ",
    "MCP error -32000: ",
    "Error: ",
    "Streamable HTTP error: ",
    "SSE error: ",
  ],
  ...[
    "Request timed out",
    "Connection closed",
    "session not found",
    "invalid_client",
    "error code: ",
  ],
  ...["1033", "1020", "redirect_uri", "client registration", "Invalid Host header", "bad port"],
  ...["<html>", "<title>", "</title>", "<script>", "</script>", "Just a moment...", "needs_reauth"],
  ...[
    "...",
    ". ",
    "\n",
    "{0}",
    "\ud800",
    "\u202e",
    "https://u:p@a.example/?k=v",
    "x".repeat(20_000),
  ],
];
const statuses = [undefined, 0, -1, 1e308, 200, 301, 304, 400, 401, 402, 403, 404, 405, 406, 410];
const more = [415, 418, 421, 429, 500, 502, 504, 521, 522, 526, 530];
const codes = [undefined, 0, -32000, -32001, -32600, -32601, -32603, -32700, 1e308];
const authTypes = ["unauthenticated", "bearer", "oauth", "mtls"];
const hostnames = [
  "https://a.example/mcp",
  "https://a.example/sse",
  "https://a.example",
  "nonsense",
];

describe(`failures of upstreams made up ${runs} times`, () => {
  it("are told in a whole sentence of a bearable length, without prefixes and without blaming what wasn't sent", () => {
    for (let seed = firstSeed; seed < firstSeed + runs; seed += 1) {
      const random = seeded(seed);
      const text = () =>
        Array.from({ length: Math.floor(random() * 5) }, () => pick(words, random)).join("");
      const authType = pick(authTypes, random);
      const { sentence } = diagnoseSync({
        ...server({ status: "error", hostname: pick(hostnames, random), authType }),
        error: random() < 0.3 ? undefined : text(),
        secureWebGateway: random() < 0.5,
        errorDetails: {
          cause: random() < 0.3 ? undefined : text(),
          isUpstream: pick([true, false, undefined], random),
          mcpCode: pick(codes, random),
          retryable: pick([true, false, undefined], random),
          statusCode: pick([...statuses, ...more], random),
        },
      });
      match(sentence, /^[A-Z]/, `seed ${seed}`);
      ok(sentence.length < 1200, `seed ${seed}: ${sentence.length} characters`);
      doesNotMatch(sentence, /undefined|^[^:]*: MCP error -\d+: /, `seed ${seed}`);
      if (authType === "unauthenticated") {
        doesNotMatch(sentence, /With this credential|refused the credential/, `seed ${seed}`);
      }
    }
  });
});
