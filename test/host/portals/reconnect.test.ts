import { doesNotMatch, equal, match } from "node:assert/strict";
import { COMMANDS } from "../../../src/manifest.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { portalTreeOf, readTooltip, until } from "../support/screen.ts";

const TOLD =
  /Reconnect: Names or descriptions have changed, seen on .+\. Users see them after they/u;

describe("A portal whose users have to connect again", () => {
  const { account, foreign } = setUpSuite({ freshEmulator: true });

  const portal = (portalId: string) => ({
    kind: "portal" as const,
    accountId: account.emulator.accountId,
    portalId,
  });
  const tooltip = (portalId: string) => readTooltip(account.exports.portals, portal(portalId));
  const description = async (label: string) =>
    (await portalTreeOf(account.exports)).find((row) => row.label === label)?.description ?? "";

  it("says so in its tooltip and row after an alias of ours, and others don't", async () => {
    doesNotMatch(await tooltip("engineering"), /Reconnect/u);
    await run(COMMANDS.editAlias, account.capability("tool", "docs", "get_page"), [], "page");
    await until(
      () => description("Engineering"),
      (text) => /^mcp\.harborlane\.example · reconnect since .*\d:\d\d/u.test(text),
    );
    match(await tooltip("engineering"), TOLD);
    equal(await description("Support"), "support-mcp.harborlane.example");
    doesNotMatch(await tooltip("support"), /Reconnect/u);
  });

  it("says so after a description that somebody else has changed, of its own layer too", async () => {
    await foreign({ updated_tools: [{ name: "get_page", description: "Reads any page" }] });
    await until(
      () => description("Engineering"),
      (text) => text.includes("reconnect since"),
    );
    match(await tooltip("engineering"), TOLD);
  });

  it("says nothing of a tool that is only turned off", async () => {
    await run(COMMANDS.disable, account.capability("tool", "docs", "get_page"));
    await run(COMMANDS.refresh);
    equal(await description("Engineering"), "mcp.harborlane.example");
    doesNotMatch(await tooltip("engineering"), /Reconnect/u);
  });
});
