import { deepEqual, doesNotMatch, equal, match, notEqual, ok } from "node:assert/strict";
import { parseServer } from "../../src/cloudflare/servers.ts";
import { parseEnvelope } from "../../src/cloudflare/transport/envelope.ts";
import { isApiError } from "../../src/domain/apiError.ts";
import { AccountChecker } from "../../src/domain/checks/checkAccount.ts";
import type { Finding } from "../../src/domain/checks/finding.ts";
import { DEFAULT_SETTINGS } from "../../src/domain/checks/settings.ts";
import { describeFailure, failureRemedy } from "../../src/domain/diagnosis/apiErrors.ts";
import { diagnose } from "../../src/domain/diagnosis/upstream.ts";
import { headersInText } from "../../src/domain/servers/headersText.ts";
import { bearerProblem } from "../../src/domain/servers/upstreamCredentials.ts";
import { REPORTS, type Report, type Seen } from "./support/reports.ts";

/** What strangers met, from what Cloudflare sent to what a person now reads. */
describe("what strangers have reported", () => {
  for (const report of REPORTS) {
    it(`is seen as it is: ${report.sees}`, () => {
      match(report.source, /\S/u);
      walk(report);
    });
  }

  it("is of all kinds", () =>
    deepEqual([...new Set(REPORTS.map(({ kind }) => kind))].sort(), ["answer", "bearer", "sync"]));
});

function walk(report: Report): void {
  switch (report.kind) {
    case "sync":
      walkServers(report.servers, report.seen);
      return;
    case "answer":
      walkAnswer(report);
      return;
    case "bearer":
      for (const { text, headers } of report.pasted) {
        deepEqual([...(headersInText(text) ?? [])], headers, text);
        // Whoever sees no headers in it must not send it as a token either.
        if (headers.length > 0) {
          notEqual(bearerProblem(text), undefined, text);
        }
      }
      for (const text of report.tokens) {
        equal(headersInText(text), undefined, text);
      }
  }
}

function walkServers(wires: readonly object[], seen: readonly Seen[]): void {
  const servers = wires.map((wire) => parseServer(wire));
  const findings = new AccountChecker().check(servers, DEFAULT_SETTINGS);
  const of = (id: string): readonly Finding[] => findings.get(id) ?? [];
  for (const each of seen) {
    const server = servers.find(({ id }) => id === each.server);
    ok(server !== undefined, each.server);
    const reported = of(server.id).filter(({ rule }) => each.beside?.includes(rule) !== true);
    const loud = reported.filter(({ severity }) => severity !== "information");
    const found = loud.map(({ rule, severity, subject }) => [severity, rule, subject?.name ?? ""]);
    deepEqual(found, each.findings ?? []);
    const quiet = reported.filter(({ severity }) => severity === "information");
    deepEqual(
      quiet.map(({ rule }) => rule),
      each.information ?? [],
    );
    const messages = of(server.id).map(({ message }) => message);
    for (const text of each.says ?? []) {
      ok(
        messages.some((message) => text.test(message)),
        `${text} in ${messages.join("\n")}`,
      );
    }
    for (const message of messages) {
      doesNotMatch(message, each.never ?? /(?!)/u);
    }
    equal(diagnose(server)?.remedy, each.remedy);
  }
}

function walkAnswer({ answer, says, never, remedy }: Extract<Report, { kind: "answer" }>): void {
  const { path, status, body } = answer;
  const call = { method: "GET", path, repeat: "safe" } as const;
  let error: unknown;
  try {
    parseEnvelope(call, { status, headers: {}, text: JSON.stringify(body) });
  } catch (thrown) {
    error = thrown;
  }
  ok(isApiError(error));
  match(describeFailure(error), says);
  doesNotMatch(describeFailure(error), never);
  equal(failureRemedy(error), remedy);
}
