import { deepEqual, equal, match } from "node:assert/strict";
import type { ErrorDetails, Server } from "../../../../src/domain/servers/server.ts";
import { server } from "../../support/servers.ts";
import { checkServer } from "./support/checking.ts";

const NOTHING: ErrorDetails = {
  cause: undefined,
  isUpstream: undefined,
  mcpCode: undefined,
  retryable: undefined,
  statusCode: undefined,
};

function only(of: Server): { rule: string; severity: string; message: string } {
  const findings = checkServer(of);
  equal(findings.length, 1);
  return findings[0] ?? { rule: "", severity: "", message: "" };
}

describe("the health of a server", () => {
  it("is no finding while it is ready", () => deepEqual(checkServer(server()), []));

  it("is no finding in an unknown status", () =>
    deepEqual(checkServer(server({ status: "hibernating" })), []));

  it("says what failed, at whose end, and whether to try again", () => {
    const found = only(
      server({
        status: "error",
        authType: "bearer",
        errorDetails: { ...NOTHING, statusCode: 401, isUpstream: true, retryable: false },
      }),
    );
    equal(found.rule, "health/error");
    equal(found.severity, "error");
    equal(
      found.message,
      "The upstream refused the credential (401). The fault is at the upstream's end. Syncing again won't help until that is fixed.",
    );
  });

  it("has Cloudflare's own words on the next line", () => {
    const { message } = only(
      server({
        status: "error",
        authType: "bearer",
        error: "The upstream answered 401 Unauthorized",
        errorDetails: { ...NOTHING, statusCode: 401, cause: "The access token is not valid" },
      }),
    );
    equal(
      message,
      "The upstream refused the credential (401).\nIn Cloudflare's words: The upstream answered 401 Unauthorized · The access token is not valid",
    );
  });

  it("doesn't guess what Cloudflare doesn't say", () => {
    const { message } = only(server({ status: "error", error: "unable to connect." }));
    equal(message, "The last sync failed: unable to connect.");
  });

  it("warns of a credential that expired", () => {
    const found = only(server({ status: "stale", lastSuccessfulSync: "2026-10-01T00:00:00Z" }));
    equal(found.severity, "warning");
    match(found.message, /renewed.*2026-10-01/);
  });

  it("says for whom an OAuth server waits", () =>
    match(only(server({ status: "waiting", authType: "oauth" })).message, /administrator/));

  it("says how to sync a server for the first time", () =>
    match(only(server({ status: "waiting" })).message, /Sync Capabilities/));

  it("warns of an error beside a ready status", () =>
    equal(only(server({ error: "late" })).rule, "health/ready-with-error"));
});
