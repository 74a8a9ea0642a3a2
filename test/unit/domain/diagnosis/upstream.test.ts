import { equal, match } from "node:assert/strict";
import { diagnose, diagnoseSync } from "../../../../src/domain/diagnosis/upstream.ts";
import type { Remedy } from "../../../../src/domain/diagnosis/upstreamFailures.ts";
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
  [{ statusCode: 403 }, bearer, /denies access \(403\)/, "setCredentials"],
  [
    { statusCode: 404 },
    { hostname: "https://a.example/" },
    /at \/ \(404\).*at \/mcp/,
    "openDashboard",
  ],
  [{ statusCode: 404 }, {}, /no MCP server at \/mcp \(404\)\.$/, "openDashboard"],
  [{ statusCode: 405 }, {}, /SSE alone/, "openDashboard"],
  [{ statusCode: 415 }, {}, /SSE alone/, "openDashboard"],
  [{ statusCode: 429 }, {}, /too many requests/, "syncAgain"],
  [{ statusCode: 503, cause: "down." }, {}, /failed \(503\): down\.$/, "syncAgain"],
  [{ statusCode: 522 }, {}, /in time \(522\)/, "syncAgain"],
  [{ statusCode: 526 }, {}, /certificate \(526\)/, "syncAgain"],
  [{ statusCode: 418, cause: "tea" }, {}, /status 418: tea\.$/, "showLog"],
  [{ mcpCode: -32601 }, {}, /doesn't know the method/, "showLog"],
  [{ mcpCode: -32603, cause: "boom" }, {}, /inside \(-32603\): boom/, "syncAgain"],
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

describe("the error doctor", () => {
  for (const [details, changes, sentence, remedy] of cases) {
    it(`knows ${JSON.stringify({ ...details, ...changes })}`, () => {
      const advice = diagnoseSync(failing(details, changes));
      match(advice.sentence, sentence);
      equal(advice.remedy, remedy);
    });
  }

  it("says at whose end it is, and whether trying again helps", () => {
    match(
      diagnoseSync(failing({ statusCode: 503, isUpstream: true, retryable: true })).sentence,
      /upstream's end\. Syncing again can help\.$/,
    );
    match(
      diagnoseSync(failing({ cause: "ENOTFOUND", isUpstream: false, retryable: false })).sentence,
      /couldn't get through to the upstream\. Syncing again won't help until that is mended\.$/,
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
    it(`knows what ails a server that is ${JSON.stringify(changes)}`, () => {
      const advice = diagnose(failing({}, changes));
      match(advice?.sentence ?? "", sentence);
      equal(advice?.remedy, remedy);
    });
  }

  it("leaves alone who is well, and who is in a state that isn't known here", () => {
    equal(diagnose(server()), undefined);
    equal(diagnose(server({ status: "hibernating" })), undefined);
  });
});
