import { deepEqual } from "node:assert/strict";
import { DEFAULT_SETTINGS, FindingFilter } from "../../../../src/domain/checks/settings.ts";
import type { Baseline } from "../../../../src/domain/review/baseline.ts";
import { reviewFindings } from "../../../../src/domain/review/reviewFindings.ts";
import { server } from "../../support/servers.ts";
import { baselineOf, offering, tool } from "./support/definitions.ts";

const filter = new FindingFilter(DEFAULT_SETTINGS);

function found(baseline: Baseline | undefined, now = server(offering([tool("a"), tool("b")]))) {
  return reviewFindings(now, baseline, filter).map(
    ({ rule, severity, message, subject }) => `${severity} ${rule} ${subject?.name}: ${message}`,
  );
}

describe("The report on what was accepted", () => {
  it("is empty where a server is as it was accepted", () =>
    deepEqual(found({ ...baselineOf([tool("a"), tool("b")]), reviewed: true }), []));

  it("names each tool that is new, gone or different, and what that means", () =>
    deepEqual(
      found({
        ...baselineOf([tool("b", { description: "Was" }), tool("gone", { description: "Other" })]),
        reviewed: true,
      }),
      [
        "warning review/changed a: It isn't as it was accepted: new. Nobody has accepted it yet.",
        "warning review/changed gone: It isn't as it was accepted: gone. Callers that worked may fail.",
        "warning review/changed b: It isn't as it was accepted: description. Only texts and other details differ.",
      ],
    ));

  it("says that nobody has looked at a server, once", () => {
    const told = [
      "information review/not-reviewed undefined: Nobody has accepted what this server offers.",
    ];
    deepEqual(found(undefined), told);
    deepEqual(found({ ...baselineOf([tool("a"), tool("b")]), reviewed: false }), told);
  });

  it("says nothing of a server that has nothing to look at", () =>
    deepEqual(found(undefined, server({ tools: [], prompts: [] })), []));
});
