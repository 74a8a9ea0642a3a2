import { deepEqual, equal, match } from "node:assert/strict";
import { COMMANDS } from "../../../src/manifest.ts";
import { message, pasteToken, roots } from "../support/accounts.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { until } from "../support/screen.ts";
import { addAccount, addServer, addToken, changeToken } from "../support/tokens.ts";

describe("Several accounts", () => {
  const { account, person } = setUpSuite({ signedIn: false, isStory: true });
  let first: string;
  let second: string;
  let firstToken: string;
  let secondToken: string;

  before(async () => {
    first = account.emulator.accountId;
    second = await addAccount(account.emulator, "Tidewater");
    await addServer(account.emulator, second, "intern", "Intern");
    firstToken = await addToken(account.emulator, { accounts: [first] });
    secondToken = await addToken(account.emulator, { accounts: [second] });
    await pasteToken(person, firstToken);
    await pasteToken(person, secondToken);
  });

  const show = (which: string) => run(COMMANDS.switchAccount, undefined, undefined, which);
  const rootsAre = (...expected: readonly string[]) =>
    until(
      () => roots(account.exports),
      (seen) => JSON.stringify(seen) === JSON.stringify(expected),
    );

  it("are the roots of the tree, each with its own servers", async () => {
    await show("all");
    await rootsAre("Harborlane", "Tidewater");
    const [, tidewater] = (await account.exports.tree.getChildren()) ?? [];
    const children = (await account.exports.tree.getChildren(tidewater)) ?? [];
    deepEqual(children, [{ kind: "server", accountId: second, serverId: "intern" }]);
  });

  it("are shown one at a time when one is chosen", async () => {
    const done = run(COMMANDS.switchAccount);
    await person.choose("Tidewater");
    await done;
    await rootsAre("Intern (Never synced)");
    await show("all");
    await rootsAre("Harborlane", "Tidewater");
  });

  it("let a command act on a row of an account that isn't shown", async () => {
    const empty = await addAccount(account.emulator, "Empty");
    await pasteToken(person, await addToken(account.emulator, { accounts: [empty] }));
    await show(empty);
    await account.emulator.clearLog();
    person.messages.length = 0;
    const target = { kind: "server", accountId: first, serverId: "docs" };
    void run(COMMANDS.syncServer, target);
    const path = `/accounts/${first}/access/ai-controls/mcp/servers/docs/sync`;
    await until(
      async () => ({
        synced: (await account.emulator.log()).some((entry) => entry.path === path),
        told: person.messages.map(({ text }) => text),
      }),
      ({ synced }) => synced,
    );
    await run(COMMANDS.signOut, undefined, undefined, empty);
    await show("all");
    await rootsAre("Harborlane", "Tidewater");
  });

  it("can fail to refresh one without the other", async () => {
    await account.emulator.set({
      faults: [{ kind: "status", status: 500, match: { path: `${second}/access`, count: 0 } }],
    });
    void run(COMMANDS.refresh);
    await rootsAre("Harborlane", "Tidewater (Couldn't refresh)");
    match(message(account.exports), /^Tidewater: Couldn't refresh\. Showing the servers as of /u);
    await account.emulator.reset();
    void run(COMMANDS.refresh);
    await rootsAre("Harborlane", "Tidewater");
    equal(message(account.exports), "");
  });

  it("have a credential each, of which one may be refused", async () => {
    await changeToken(account.emulator, secondToken, { accounts: [second], status: "expired" });
    void run(COMMANDS.refresh);
    await rootsAre("Harborlane", "Tidewater (Sign in again)");
    match(message(account.exports), /^Tidewater: Cloudflare no longer accepts this sign-in/u);
    const { buttons } = await person.message(/no longer accepts the sign-in of Tidewater/u);
    deepEqual(buttons, ["Sign In…"]);
    await changeToken(account.emulator, secondToken, { accounts: [second] });
    void run(COMMANDS.refresh);
    await rootsAre("Harborlane", "Tidewater");
  });

  it("are signed out of one by one, from the row", async () => {
    await run(COMMANDS.signOut, { kind: "account", accountId: second });
    const seen = await until(
      () => roots(account.exports),
      (rows) => !rows.includes("Tidewater"),
    );
    equal(seen.includes("Harborlane"), false);
    await account.emulator.clearLog();
    await run(COMMANDS.refresh);
    const asked = (await account.emulator.log()).map(({ path }) => path);
    deepEqual(
      asked.filter((path) => path.includes(second)),
      [],
    );
    equal(asked.length > 0, true);
  });

  it("show the one that was added, though another had been chosen", async () => {
    await show(first);
    await pasteToken(person, secondToken);
    await rootsAre("Intern (Never synced)");
    await show("all");
  });
});
