import { deepEqual, equal, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS, SETTINGS } from "../../../src/manifest.ts";
import { pasteToken } from "../support/accounts.ts";
import { setUpSuite } from "../support/fixture.ts";
import { watchLog } from "../support/log.ts";
import { run } from "../support/run.ts";
import { treeOf, until } from "../support/screen.ts";
import { storedServer } from "../support/stored.ts";
import { addAccount, addServer, addToken } from "../support/tokens.ts";

const FOREVER = 600_000;
const IDLE = "$(cloud) MCP 10, 2 failing";

describe("Syncing several servers", () => {
  const { account, person } = setUpSuite();
  let logged: readonly string[];
  before(() => {
    logged = watchLog(account.exports.log);
  });
  after(() => concurrency(undefined));

  const told = (): readonly string[] => person.messages.map(({ text }) => text);

  async function concurrency(most: number | undefined): Promise<void> {
    const { Global } = vscode.ConfigurationTarget;
    await vscode.workspace.getConfiguration().update(SETTINGS.syncConcurrency, most, Global);
  }

  /** The numbers of syncing and of waiting rows. */
  async function counts(): Promise<readonly [syncing: number, waiting: number]> {
    const rows = await treeOf(account.exports);
    const saying = (words: string) =>
      rows.filter(({ description }) => description?.startsWith(words) === true).length;
    return [saying("Syncing…"), saying("Waiting to sync")];
  }

  const posts = async (): Promise<readonly string[]> =>
    (await account.wire()).filter((line) => line.startsWith("POST"));

  for (const [most, syncing] of [
    [2, 2],
    [100, 10],
  ] as const) {
    it(`syncs ${most} at once, 16 at most, and shows that the others wait`, async () => {
      await concurrency(most);
      await account.emulator.set({ all: { syncLatency: FOREVER } });
      const done = run(COMMANDS.syncAll);
      await until(counts, ([running]) => running === syncing);
      deepEqual(await counts(), [syncing, 10 - syncing]);
      equal(account.exports.status.text, "$(sync~spin) MCP syncing 0/10");
      await until(
        async () => (await account.emulator.log()).filter(({ method }) => method === "POST").length,
        (sent) => sent === syncing,
      );
      await run(COMMANDS.cancelSync);
      await done;
      deepEqual(told(), ["Sync cancelled: 0 of 10 servers done."]);
      equal(account.exports.status.text, IDLE);
      deepEqual(await counts(), [0, 0]);
      await concurrency(undefined);
    });
  }

  it("says how many were synced when it's cancelled", async () => {
    await account.emulator.set({ servers: { tickets: { syncLatency: FOREVER } } });
    const done = run(COMMANDS.syncAll);
    await until(
      () => account.exports.status.text,
      (text) => text === "$(sync~spin) MCP syncing 9/10",
    );
    await run(COMMANDS.cancelSync);
    await done;
    deepEqual(told(), [
      "Sync cancelled: 6 of 10 servers done. 3 of 10 servers couldn't be synced.",
    ]);
  });

  it("syncs the selected rows, reads each once, and shows no message when all succeed", async () => {
    const ids = ["browser", "tickets", "observability"];
    const rows = ids.map((id) => account.server(id));
    await run(COMMANDS.syncServer, rows[0], rows);
    deepEqual(
      (await account.wire()).toSorted(),
      ids.flatMap((id) => [`GET /servers/${id}`, `POST /servers/${id}/sync`]).toSorted(),
    );
    deepEqual(told(), []);
  });

  it("says in one message how many failed, with a button to Problems", async () => {
    await run(COMMANDS.syncAll);
    const [message, second] = person.messages;
    equal(message?.text, "3 of 10 servers couldn't be synced.");
    deepEqual(message?.buttons, ["Show Problems"]);
    equal(second, undefined);
  });

  it("says why the only one failed", async () => {
    await run(COMMANDS.syncServer, account.server("database"));
    ok(told()[0]?.startsWith("Database couldn't be synced. The upstream refused the credential"));
    equal(told().length, 1);
    ok(logged.some((line) => line.startsWith("Database: The upstream refused the credential")));
  });

  it("reports a success that changed nothing", async () => {
    const { last_synced: lastSynced } = await storedServer(account.emulator, "browser");
    await account.emulator.set({
      interventions: [
        {
          match: { method: "GET", path: "/browser$" },
          when: "before",
          write: { server: "browser", patch: { last_synced: lastSynced } },
        },
      ],
    });
    await run(COMMANDS.syncServer, account.server("browser"));
    deepEqual(told(), [
      "Browser couldn't be synced. Cloudflare reported success, but nothing was synced. Try again later.",
    ]);
  });

  it("writes what it changed into the log", async () => {
    const old = { name: "old_tool", inputSchema: { type: "object" } };
    await account.emulator.write({ server: "browser", patch: { tools: [old] } });
    await run(COMMANDS.refresh);
    await run(COMMANDS.syncServer, account.server("browser"));
    ok(logged.includes("Browser: 8 new, 1 gone"), logged.join("\n"));
  });

  it("tries again once where that can help, and not otherwise", async () => {
    await run(COMMANDS.syncServer, account.server("wiki"));
    equal((await posts()).length, 2);
    await run(COMMANDS.syncServer, account.server("database"));
    equal((await posts()).length, 1);
  });

  it("takes turns between a second account and the many servers of the first", async () => {
    const { emulator } = account;
    const second = await addAccount(emulator, "Tidewater");
    await addServer(emulator, second, "intern", "Intern");
    await pasteToken(person, await addToken(emulator, { accounts: [second] }));
    await run(COMMANDS.switchAccount, undefined, undefined, "all");
    await concurrency(1);
    await emulator.set({ all: { syncLatency: 50 } });
    await emulator.clearLog();
    await run(COMMANDS.syncAll);
    const order = (await emulator.log()).filter(({ method }) => method === "POST");
    const turn = order.findIndex(({ path }) => path.includes(second));
    ok(turn >= 0 && turn <= 2, `It was number ${turn + 1} of ${order.length}.`);
    await run(COMMANDS.signOut, { kind: "account", accountId: second });
  });
});
