import { deepEqual } from "node:assert/strict";
import { COMMANDS } from "../../../src/manifest.ts";
import { message, pasteToken, roots } from "../support/accounts.ts";
import { setUpSuite } from "../support/fixture.ts";
import { filesOfProfile, leaveForNext } from "../support/kept.ts";
import { run } from "../support/run.ts";
import { until } from "../support/screen.ts";
import { addAccount, addServer, addToken } from "../support/tokens.ts";

/** accounts.after.test.ts checks in the next window what this one has stored. */
describe("Accounts before a restart", () => {
  const { account, person } = setUpSuite({ restart: "before" });

  it("are two, one of them read-only, and one is shown", async () => {
    const { accountId: first } = account.emulator;
    const second = await addAccount(account.emulator, "Tidewater");
    await addServer(account.emulator, second, "intern", "Intern");
    const writing = await addToken(account.emulator, { accounts: [first] });
    await pasteToken(person, writing);
    const reading = await addToken(account.emulator, { permission: "read", accounts: [second] });
    await pasteToken(person, reading);
    await leaveForNext("tokens", [writing, reading]);
    await until(
      () => roots(account.exports),
      (rows) => rows.length === 2,
    );
    await until(
      async () =>
        (await account.exports.tree.getChildren({ kind: "account", accountId: second })) ?? [],
      (servers) => servers.length === 1,
    );
    const intern = { kind: "server", accountId: second, serverId: "intern" };
    await run(COMMANDS.syncServer, intern);
    await until(
      () => message(account.exports),
      (text) => text.includes("Read-only"),
    );
    await run(COMMANDS.switchAccount, undefined, undefined, first);
    deepEqual((await roots(account.exports)).length, 10);
  });

  it("have two changes", async () => {
    const { accountId } = account.emulator;
    const tool = { kind: "tool", accountId, serverId: "docs", name: "search_docs" };
    await run(COMMANDS.editAlias, tool, [], "first");
    await run(COMMANDS.editAlias, tool, [], "second");
  });

  it("are stored by the window after a while", async () => {
    const kept = `"mcpPortals.shownAccount":"${account.emulator.accountId}"`;
    await until(filesOfProfile, (places) => places.some(({ text }) => text.includes(kept)));
  });
});
