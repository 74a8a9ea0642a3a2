import { deepEqual } from "node:assert/strict";
import type { Exports } from "../../../src/extension.ts";
import { COMMANDS } from "../../../src/manifest.ts";
import type { Emulator } from "../../harness/emulator.ts";
import { message, pasteToken, roots } from "../support/accounts.ts";
import { filesOfProfile, leaveForNext } from "../support/kept.ts";
import { startLastingEmulator } from "../support/lastingEmulator.ts";
import { QuickInputDriver } from "../support/person.ts";
import { run } from "../support/run.ts";
import { until } from "../support/screen.ts";
import { activated, setApiRoot } from "../support/signedIn.ts";
import { addAccount, addServer, addToken } from "../support/tokens.ts";

/** What is kept in this window is looked at in the next one, in accounts.after.test.ts. */
describe("Accounts before a restart", () => {
  let exports: Exports;
  let emulator: Emulator;
  let person: QuickInputDriver;

  before(async () => {
    exports = await activated();
    emulator = await startLastingEmulator();
    await setApiRoot(emulator.url);
    person = new QuickInputDriver();
  });
  after(() => person.leave());

  it("are two, of which one can only be read, and one is shown", async () => {
    const { accountId: first } = emulator;
    const second = await addAccount(emulator, "Tidewater");
    await addServer(emulator, second, "intern", "Intern");
    const writing = await addToken(emulator, { accounts: [first] });
    await pasteToken(person, writing);
    const reading = await addToken(emulator, { permission: "read", accounts: [second] });
    await pasteToken(person, reading);
    await leaveForNext("tokens", [writing, reading]);
    await until(
      () => roots(exports),
      (rows) => rows.length === 2,
    );
    await until(
      async () => (await exports.tree.getChildren({ kind: "account", accountId: second })) ?? [],
      (servers) => servers.length === 1,
    );
    const intern = { kind: "server", accountId: second, serverId: "intern" };
    await run(COMMANDS.syncServer, intern);
    await until(
      () => message(exports),
      (text) => text.includes("Read-only"),
    );
    await run(COMMANDS.switchAccount, undefined, undefined, first);
    deepEqual((await roots(exports)).length, 10);
  });

  it("have changes, two of them", async () => {
    const { accountId } = emulator;
    const tool = { kind: "tool", accountId, serverId: "docs", name: "search_docs" };
    await run(COMMANDS.editAlias, tool, [], "first");
    await run(COMMANDS.editAlias, tool, [], "second");
  });

  it("are stored by the window, which takes its time", async () => {
    const kept = `"mcpPortals.shownAccount":"${emulator.accountId}"`;
    await until(filesOfProfile, (places) => places.some(({ text }) => text.includes(kept)));
  });
});
