import { deepEqual, ok } from "node:assert/strict";
import { checkServer } from "../../../src/model/checks/check.ts";
import { AccountChecker } from "../../../src/model/checks/checker.ts";
import type { Finding } from "../../../src/model/checks/finding.ts";
import { DEFAULT_SETTINGS } from "../../../src/model/checks/settings.ts";
import type { Server } from "../../../src/model/server.ts";
import { catalogueOfReal, REAL_SERVERS } from "./support/realServers.ts";

/** What a false alarm costs is worse than what it catches: these people meant no harm. */
describe("checks over real MCP servers", function () {
  this.timeout(60_000);
  const servers: Server[] = [];
  before(async () => {
    for (const real of REAL_SERVERS) servers.push(await catalogueOfReal(real));
  });

  it("have something to look at", () => {
    ok(servers.length >= 8);
    for (const { id, tools } of servers) ok(tools.length > 0, id);
  });

  it("raise no error that a text is poisoned, and at most one warning in 200 tools", () => {
    const found = servers.flatMap((server) => checkServer(server).filter(isSecurity).map(inWords));
    const tools = servers.reduce((sum, server) => sum + server.tools.length, 0);
    deepEqual(
      found.filter((line) => line.startsWith("error")),
      [],
    );
    ok(found.filter((line) => line.startsWith("warning")).length * 200 <= tools, found.join("\n"));
  });

  it("raise none when they are in one account either", () => {
    const findings = new AccountChecker().check(servers, DEFAULT_SETTINGS);
    const found = [...findings.values()].flat().filter(isSecurity).map(inWords);
    deepEqual(
      found.filter((line) => /^(?:error|warning)/.test(line)),
      [],
    );
  });
});

function isSecurity({ rule }: Finding): boolean {
  return rule.startsWith("security/");
}

function inWords({ rule, severity, subject, message }: Finding): string {
  return `${severity} ${rule} ${subject?.name}: ${message}`;
}
