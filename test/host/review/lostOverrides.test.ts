import { deepEqual, ok } from "node:assert/strict";
import { COMMANDS } from "../../../src/manifest.ts";
import type { PortalTarget } from "../../../src/target.ts";
import { setUpSuite } from "../support/fixture.ts";
import { applyFix, quickFix } from "../support/quickFixes.ts";
import { run } from "../support/run.ts";
import { problems, reviewOf, serverRow, until } from "../support/screen.ts";

const SEARCH = {
  name: "search_docs",
  description: "Searches all pages of the docs by their words",
  inputSchema: { type: "object", properties: { query: { type: "string" } } },
};
const FIND = { ...SEARCH, name: "find_docs" };
const GET = { name: "get_page", description: "Reads a page", inputSchema: { type: "object" } };

const RULE = "review/lost-override";

describe("Overrides that a sync lost", () => {
  const suite = setUpSuite({ freshEmulator: true });
  const { account, person } = suite;

  /** What Cloudflare's own sync does: overrides of what is gone are dropped. */
  async function sync(tools: readonly object[], updatedTools: readonly object[]): Promise<void> {
    await account.emulator.write({ server: "docs", patch: { tools, updated_tools: updatedTools } });
    await run(COMMANDS.refresh);
  }

  /** Docs has these, with an alias and off, and all of it is accepted. */
  async function overridden(): Promise<void> {
    await sync([SEARCH, GET], [{ name: "search_docs", alias: "look_up", enabled: false }]);
    await until(reviewed, (rows) => rows.length > 0);
    await run(COMMANDS.acceptChanges, account.server("docs"));
    await until(reviewed, (rows) => rows.length === 0);
    await account.emulator.clearLog();
  }

  const reviewed = () => reviewOf(account.exports);
  const lost = (document: string) =>
    problems().filter((line) => line.startsWith(`${document}.mcp-`) && line.includes(` ${RULE}: `));
  const told = (words: RegExp) =>
    until(
      () => lost("docs"),
      (lines) => lines.length === 1 && words.test(lines[0] ?? ""),
    );
  const nothingLost = () =>
    until(
      () => lost("docs"),
      (lines) => lines.length === 0,
    );
  const docsRow = (description: string) =>
    until(
      async () => (await serverRow(account.exports, "Docs"))?.description,
      (text) => text === description,
    );

  it("are carried over to the new name, also once the rename is accepted", async () => {
    await overridden();
    await sync([FIND, GET], []);
    await told(/Warning.*search_docs is probably called find_docs now.*"look_up".*disabled/u);
    await run(COMMANDS.acceptChanges, account.server("docs"));
    await until(reviewed, (rows) => rows.length === 0);
    await told(/find_docs now/u);
    await applyFix(await quickFix(account, "docs", RULE, "Carry Over Overrides to find_docs"));
    deepEqual(await account.putBodies(), [
      { updated_tools: [{ name: "find_docs", alias: "look_up", enabled: false }] },
    ]);
    await nothingLost();
    await run(COMMANDS.undo);
    await docsRow("2 tools, 3 prompts");
    deepEqual(lost("docs"), []);
  });

  it("are restored where the tool came back, or forgotten", async () => {
    await overridden();
    await sync([GET], []);
    await told(/Information.*search_docs is gone, and with it/u);
    await sync([SEARCH, GET], []);
    await told(/Warning.*search_docs is back/u);
    await applyFix(await quickFix(account, "docs", RULE, "Restore Override"));
    deepEqual((await account.putBodies()).at(-1), {
      updated_tools: [{ name: "search_docs", alias: "look_up", enabled: false }],
    });
    await nothingLost();
    await sync([GET], []);
    await told(/search_docs is gone/u);
    await applyFix(await quickFix(account, "docs", RULE, "Forget Lost Override"));
    await nothingLost();
  });

  it("aren't offered for what a person reset, nor again once somebody has set it by hand", async () => {
    await overridden();
    await sync([SEARCH, GET], []);
    await docsRow("2 tools, 3 prompts");
    deepEqual(lost("docs"), []);
    await sync([SEARCH, GET], [{ name: "search_docs", alias: "look_up", enabled: false }]);
    await sync([GET], []);
    await told(/search_docs is gone/u);
    await sync([SEARCH, GET], [{ name: "search_docs", alias: "other", enabled: false }]);
    await nothingLost();
    await sync([SEARCH, GET], []);
    await docsRow("2 tools, 3 prompts");
    await nothingLost();
  });

  it("stay behind on a portal until a write drops them, and are carried over all at once", async () => {
    const row: PortalTarget = {
      kind: "tool",
      accountId: account.emulator.accountId,
      portalId: "engineering",
      serverId: "docs",
      name: "search_docs",
    };
    await overridden();
    await sync([SEARCH, GET], []);
    await run(COMMANDS.resetOverrides, row);
    await run(COMMANDS.editAlias, row, undefined, "in_portal");
    await sync([SEARCH, GET], [{ name: "search_docs", alias: "look_up", enabled: false }]);
    await sync([FIND, GET], []);
    await told(/find_docs now/u);
    await until(
      () => problems().filter((line) => line.includes("portal/orphan-override")),
      (lines) => lines.some((line) => line.includes("search_docs")),
    );
    await run(COMMANDS.disable, { ...row, name: "get_page" });
    await until(
      () => lost("engineering"),
      (lines) =>
        lines.some((line) =>
          /search_docs is probably called find_docs now.*"in_portal"/u.test(line),
        ),
    );
    await account.emulator.clearLog();
    await run(COMMANDS.carryOver, undefined, undefined, "all");
    const bodies = JSON.stringify(await account.putBodies());
    ok(bodies.includes('"alias":"look_up"') && bodies.includes('"alias":"in_portal"'), bodies);
    await until(
      () =>
        [...lost("docs"), ...lost("engineering")].filter((line) => line.includes("search_docs")),
      (lines) => lines.length === 0,
    );
    await run(COMMANDS.carryOver);
    await person.message(/^No sync has taken an override/u);
  });
});
