import { deepEqual, equal } from "node:assert/strict";
import type { SyncResponse } from "../../../../src/domain/servers/server.ts";
import { reportSync } from "../../../../src/domain/servers/syncReport.ts";
import { capability, server } from "../../support/servers.ts";

const before = server({ lastSynced: "2026-10-01T00:00:00Z" });
const later = "2026-10-02T00:00:00Z";

function outcome(status: string | undefined, error?: string): SyncResponse {
  return { status, error, errorDetails: undefined };
}

describe("the result of a sync", () => {
  for (const status of ["error", "stale"]) {
    it(`is a failure where it answers ${status}`, () => {
      const after = { ...before, lastSynced: later };
      const failed = outcome(status, "Authorization failed: needs_reauth");
      deepEqual(reportSync(before, failed, after), { kind: "refused" });
    });

    it(`is a failure where the server is in ${status} afterwards, whatever was answered`, () => {
      const after = { ...before, status, lastSynced: later };
      for (const answered of ["ready", undefined]) {
        deepEqual(reportSync(before, outcome(answered), after), { kind: "refused" });
      }
    });
  }

  it("is no failure where the server waits for its administrator", () => {
    const after = { ...before, status: "waiting" };
    equal(reportSync(before, outcome("waiting", "re-authenticate"), after).kind, "done");
  });

  it("is a success without an effect where nothing has changed", () =>
    deepEqual(reportSync(before, outcome("ready"), { ...before }), { kind: "stalled" }));

  it("says what has changed", () => {
    const tools = [capability("tool", "search"), capability("tool", "new")];
    const report = reportSync(before, outcome("ready"), { ...before, tools, lastSynced: later });
    deepEqual(report.kind === "done" && report.changes, {
      added: ["new"],
      gone: ["delete_page"],
      changed: [],
      overridesLost: [],
    });
  });

  it("is a success where a credential was renewed", () => {
    const stale = { ...before, status: "stale" };
    equal(reportSync(stale, outcome("ready"), { ...before, lastSynced: later }).kind, "done");
  });
});
