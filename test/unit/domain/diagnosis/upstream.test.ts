import { doesNotMatch, equal, match, ok } from "node:assert/strict";
import type { Remedy } from "../../../../src/domain/diagnosis/diagnosis.ts";
import { diagnose, diagnoseSync } from "../../../../src/domain/diagnosis/upstream.ts";
import type { ErrorDetails, Server } from "../../../../src/domain/servers/server.ts";
import { server } from "../../support/servers.ts";

function failing(details: Partial<ErrorDetails>, changes: Partial<Server> = {}): Server {
  const unknown = {
    cause: undefined,
    isUpstream: undefined,
    mcpCode: undefined,
    retryable: undefined,
    statusCode: undefined,
  };
  const { toolOverrides: _, promptOverrides: __, ...rest } = changes;
  return server({ status: "error", errorDetails: { ...unknown, ...details }, ...rest });
}

const bearer = { authType: "bearer" };
const oauth = { authType: "oauth" };

const cases: readonly (readonly [Partial<ErrorDetails>, Partial<Server>, RegExp, Remedy])[] = [
  [{ statusCode: 401 }, bearer, /refused the credential \(401\)/, "setCredentials"],
  [{ statusCode: 401 }, oauth, /refused the credential \(401\)/, "openDashboard"],
  [{ statusCode: 401 }, {}, /added without one/, "openDashboard"],
  [{ statusCode: 403 }, bearer, /denies access with this credential \(403\)/, "setCredentials"],
  [
    { statusCode: 404 },
    { hostname: "https://a.example/" },
    /at \/, nor at \/mcp or \/sse \(404\)/,
    "openDashboard",
  ],
  [{ statusCode: 404 }, {}, /no MCP server at \/mcp \(404\)\.$/, "openDashboard"],
  [{ statusCode: 405 }, {}, /only SSE/, "openDashboard"],
  [{ statusCode: 415 }, {}, /only SSE/, "openDashboard"],
  [{ statusCode: 429 }, {}, /too many requests/, "syncAgain"],
  [{ statusCode: 503, cause: "down." }, {}, /failed \(503\): down\.$/, "syncAgain"],
  [{ statusCode: 522 }, {}, /in time \(522\)/, "syncAgain"],
  [{ statusCode: 526 }, {}, /certificate \(526\)/, "syncAgain"],
  [{ statusCode: 418, cause: "tea" }, {}, /status 418: tea\.$/, "showLog"],
  [{ mcpCode: -32601 }, {}, /doesn't know the method/, "showLog"],
  [{ mcpCode: -32603, cause: "boom" }, {}, /internal error \(-32603\): boom/, "syncAgain"],
  [{ mcpCode: -32050 }, {}, /MCP error -32050\.$/, "showLog"],
  [{ cause: "getaddrinfo ENOTFOUND a.example" }, {}, /looked up/, "syncAgain"],
  [{ cause: "connect ECONNREFUSED 1.2.3.4:443" }, {}, /refuses connections/, "syncAgain"],
  [{ cause: "self-signed certificate" }, {}, /isn't trusted/, "syncAgain"],
  [{ cause: "The upstream did not answer in time" }, {}, /in time/, "syncAgain"],
  [{ cause: "read ECONNRESET" }, {}, /broke off/, "syncAgain"],
  [{}, { error: "The upstream is not an MCP server" }, /isn't an MCP server/, "openDashboard"],
  [{}, { ...bearer, error: "Authorization failed: needs_reauth" }, /renewed/, "setCredentials"],
  [{}, { error: "gremlins." }, /^The last sync failed: gremlins\.$/, "showLog"],
  [{}, {}, /gave no reason/, "showLog"],
];

const none = { authType: "unauthenticated" };
const notYet = { authType: "oauth", authenticationStatus: "required" };
const at = (path: string, secureWebGateway = false) => ({
  hostname: `https://a.example${path}`,
  secureWebGateway,
});
const challenge = "<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>";
const page = (body: string) => `<!doctype html><html><head>${body}</head></html>`;
const reqwest = "HTTP status client error (403 Forbidden) for url (https://sosumi.ai/mcp)";

/** By the asker, the credential and the wording. */
const kinds: typeof cases = [
  // A 403 for the credential that was sent.
  [
    { statusCode: 403 },
    { ...none, error: reqwest },
    /\(403\)\. This server was added without a credential.*proxies/,
    "openDashboard",
  ],
  [{ statusCode: 403 }, notYet, /no administrator has authenticated/, "openDashboard"],
  [{ statusCode: 403 }, oauth, /with this credential/, "openDashboard"],
  [
    { statusCode: 403, cause: "no seat" },
    bearer,
    /denies access with this credential \(403\): no seat\./,
    "setCredentials",
  ],
  [{ statusCode: 403 }, { authType: "mtls" }, /^The upstream denies access \(403\)\./, "showLog"],
  [{ statusCode: 403, cause: "insufficient_scope" }, oauth, /lacks a scope/, "openDashboard"],
  [{ statusCode: 401 }, notYet, /no administrator has authenticated/, "openDashboard"],
  // A bot check in front of the upstream.
  [
    { statusCode: 403, cause: challenge, isUpstream: true },
    { ...none, error: reqwest },
    /bot check.*\(403\): Just a moment\. Its owner/,
    "syncAgain",
  ],
  [
    { statusCode: 503, cause: page("<script src=/cdn-cgi/challenge-platform/x>") },
    none,
    /bot check/,
    "syncAgain",
  ],
  [{ statusCode: 403, cause: "error code: 1020" }, bearer, /bot check/, "syncAgain"],
  [
    { statusCode: 429, cause: page("<title>Vercel Security Checkpoint</title>") },
    none,
    /bot check.*: Vercel/,
    "syncAgain",
  ],
  // Failures of the authorization server.
  [
    { statusCode: 403, cause: "Dynamic client registration failed" },
    oauth,
    /refused to register Cloudflare.*\(403\).*proxy/,
    "setCredentials",
  ],
  [{ cause: "invalid_client_metadata" }, oauth, /refused to register/, "setCredentials"],
  [
    { cause: "Incompatible auth server: does not support dynamic client registration" },
    oauth,
    /registers no clients by itself/,
    "setCredentials",
  ],
  [
    { statusCode: 400, cause: "invalid redirect_uri" },
    oauth,
    /doesn't accept Cloudflare's redirect URI \(400\)/,
    "setCredentials",
  ],
  [
    { statusCode: 401, cause: "invalid_client" },
    oauth,
    /doesn't know the OAuth client/,
    "setCredentials",
  ],
  [{ statusCode: 400, cause: "invalid_grant" }, oauth, /has to be renewed/, "openDashboard"],
  // Codes that the SDK's client makes.
  [
    { mcpCode: -32001, cause: "MCP error -32001: Request timed out" },
    {},
    /^The upstream didn't answer in time\.$/,
    "syncAgain",
  ],
  [
    { mcpCode: -32000, cause: "MCP error -32000: Connection closed" },
    {},
    /^The connection was closed before/,
    "syncAgain",
  ],
  [{ mcpCode: -32000 }, {}, /^The connection was closed before/, "syncAgain"],
  [
    { mcpCode: -32000, cause: "MCP error -32000: No seats left" },
    {},
    /error -32000: No seats left\.$/,
    "showLog",
  ],
  [
    { cause: "MCP error -32001: MCP error -32001: gremlins" },
    {},
    /^The last sync failed: gremlins\.$/,
    "showLog",
  ],
  [{ cause: "Request timed out" }, { error: "unable to connect" }, /in time/, "syncAgain"],
  [{ statusCode: 404, cause: "gateway timeout" }, {}, /in time/, "syncAgain"],
  // Lost sessions.
  [
    { statusCode: 404, cause: "Session not found" },
    {},
    /no longer knew the session \(404\)/,
    "syncAgain",
  ],
  [
    { statusCode: 400, mcpCode: -32000, cause: "Bad Request: No valid session ID provided" },
    {},
    /no longer knew the session/,
    "syncAgain",
  ],
  [{ mcpCode: -32001, cause: "Session not found" }, {}, /no longer knew the session/, "syncAgain"],
  // Redirects.
  ...[301, 302, 303, 307, 308].map((statusCode): (typeof cases)[number] => [
    { statusCode },
    {},
    /another address \(30\d\)\. Register the server with its final URL/,
    "openDashboard",
  ]),
  [{ cause: "unexpected redirect" }, {}, /final URL/, "openDashboard"],
  [{ statusCode: 304 }, {}, /answered with status 304/, "showLog"],
  // Tunnels and host names.
  [{ statusCode: 530, cause: "error code: 1033" }, {}, /Tunnel.*isn't connected/, "syncAgain"],
  [
    { statusCode: 530, cause: "<html><title>Argo Tunnel error</title></html>" },
    {},
    /Tunnel/,
    "syncAgain",
  ],
  [{ statusCode: 530, cause: "error code: 1016" }, {}, /no address.*1016/, "syncAgain"],
  [{ statusCode: 530 }, {}, /failed \(530\)/, "syncAgain"],
  [{ statusCode: 403, cause: "Invalid Host header" }, none, /host name.*\(403\)/, "syncAgain"],
  [
    { statusCode: 403, cause: "Blocked request. This host is not allowed." },
    none,
    /host name/,
    "syncAgain",
  ],
  [{ statusCode: 421 }, {}, /host name.*\(421\)/, "syncAgain"],
  // URLs that Cloudflare has tried already aren't suggested.
  [
    { statusCode: 404 },
    at("/api/"),
    /at \/api\/, nor at \/api\/mcp or \/api\/sse \(404\)/,
    "openDashboard",
  ],
  [{ statusCode: 404 }, at("/sse"), /given up SSE.*at \/mcp/, "openDashboard"],
  [{ statusCode: 404 }, at("/v1/mcp/"), /at \/v1\/mcp\/ \(404\)\.$/, "openDashboard"],
  [{ statusCode: 405 }, at("/api"), /neither Streamable HTTP nor SSE/, "openDashboard"],
  [{ statusCode: 405 }, at("/sse"), /doesn't speak SSE here/, "openDashboard"],
  [
    { statusCode: 405 },
    at("/sse", true),
    /Streamable HTTP at this URL \(405\), and through Gateway/,
    "openDashboard",
  ],
  // Requests that never left the sending machine.
  [
    { cause: "fetch failed: bad port", isUpstream: true },
    {},
    /^Nothing can be sent to this URL: fetch failed: bad port\. The fault is in the URL/,
    "openDashboard",
  ],
  [{ cause: "Invalid URL: x", isUpstream: false }, {}, /^Nothing can be sent/, "openDashboard"],
  [
    { mcpCode: -32602, cause: "Invalid URL in params" },
    {},
    /refused the request's parameters/,
    "showLog",
  ],
  // The script of a page is ignored, and its title is quoted.
  [
    {
      statusCode: 500,
      cause: page("<title>Oops</title><script>setTimeout(session expired)</script>"),
    },
    {},
    /failed \(500\): Oops\.$/,
    "syncAgain",
  ],
];

describe("the diagnosis of a server", () => {
  for (const [details, changes, sentence, remedy] of kinds) {
    it(`finds the kind of ${JSON.stringify({ ...details, ...changes })}`, () => {
      const advice = diagnoseSync(failing(details, changes));
      match(advice.sentence, sentence);
      equal(advice.remedy, remedy);
    });
  }

  it("blames no credential where there is none", () => {
    for (const [details] of [...cases, ...kinds]) {
      const { sentence } = diagnoseSync(failing(details, none));
      doesNotMatch(sentence, /with this credential|refused the credential|denies access with/);
    }
  });

  it("takes no time for a text of any size, and quotes little of it", () => {
    for (const text of [
      "<html>",
      ".",
      "a.",
      "MCP error -1: ",
      "<title",
      "<script",
      "error: ",
      " ",
    ]) {
      const cause = text.repeat(200_000);
      const began = performance.now();
      const { sentence } = diagnoseSync(failing({ cause: `<html>${cause}`, statusCode: 418 }));
      diagnoseSync(failing({ cause }));
      ok(sentence.length < 600);
      ok(performance.now() - began < 1000, text);
    }
  });

  for (const [details, changes, sentence, remedy] of cases) {
    it(`explains ${JSON.stringify({ ...details, ...changes })}`, () => {
      const advice = diagnoseSync(failing(details, changes));
      match(advice.sentence, sentence);
      equal(advice.remedy, remedy);
    });
  }

  it("says at whose end the fault is, and whether trying again helps", () => {
    match(
      diagnoseSync(failing({ statusCode: 503, isUpstream: true, retryable: true })).sentence,
      /upstream's end\. Syncing again can help\.$/,
    );
    match(
      diagnoseSync(failing({ cause: "ENOTFOUND", isUpstream: false, retryable: false })).sentence,
      /couldn't get through to the upstream\. Syncing again won't help until that is fixed\.$/,
    );
  });

  const ailing: readonly (readonly [Partial<Server>, RegExp, Remedy])[] = [
    [{ status: "stale", ...bearer }, /renewed\. The catalogue may be old\./, "setCredentials"],
    [{ status: "stale", ...oauth }, /has to be renewed/, "openDashboard"],
    [{ status: "waiting", ...oauth }, /administrator/, "openDashboard"],
    [{ status: "waiting" }, /Never synced/, "syncAgain"],
    [{ status: "ready", error: "late" }, /ready, but Cloudflare reports: late/, "syncAgain"],
    [{ status: "error", error: "boom" }, /The last sync failed: boom\./, "showLog"],
  ];
  for (const [changes, sentence, remedy] of ailing) {
    it(`finds what is wrong with a server with ${JSON.stringify(changes)}`, () => {
      const advice = diagnose(failing({}, changes));
      match(advice?.sentence ?? "", sentence);
      equal(advice?.remedy, remedy);
    });
  }

  it("finds nothing wrong with a server that is ready or in an unknown state", () => {
    equal(diagnose(server()), undefined);
    equal(diagnose(server({ status: "hibernating" })), undefined);
  });
});
