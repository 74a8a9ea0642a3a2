import { deepEqual, equal } from "node:assert/strict";
import { dirname } from "node:path";
import * as vscode from "vscode";
import { COMMANDS, SETTINGS } from "../../../src/manifest.ts";
import { setUpSuite } from "../support/fixture.ts";
import { ownFile } from "../support/ownFiles.ts";
import { run } from "../support/run.ts";
import { reviewOf, serverRow, until } from "../support/screen.ts";
import { openOtherWindow } from "./support/otherWindow.ts";

const GET = { name: "get_page", description: "Reads a page", inputSchema: { type: "object" } };
const SEARCH = { name: "search", description: "Searches", inputSchema: { type: "object" } };
const DELETE = { name: "delete_page", description: "Deletes", inputSchema: { type: "object" } };

describe("Holding back what nobody has accepted", () => {
  const suite = setUpSuite({ freshEmulator: true, afterEach: () => hold(undefined) });
  const { account, person } = suite;

  async function offer(...tools: readonly object[]): Promise<void> {
    await account.emulator.write({ server: "docs", patch: { tools, prompts: [] } });
    await run(COMMANDS.refresh);
  }

  /** Docs offers these, and all of it is accepted. */
  async function accepted(...tools: readonly object[]): Promise<void> {
    await offer(...tools);
    await until(reviewed, (rows) => rows.length > 0);
    await run(COMMANDS.acceptChanges, account.server("docs"));
    await until(reviewed, (rows) => rows.length === 0);
    await account.emulator.clearLog();
  }

  const reviewed = () => reviewOf(account.exports);
  const docsRow = (description: string) =>
    until(
      async () => (await serverRow(account.exports, "Docs"))?.description,
      (text) => text === description,
    );
  const puts = (count: number) =>
    until(
      () => account.putBodies(),
      (bodies) => bodies.length === count,
    );

  it("does nothing unless somebody has set it, and then at once with what waits", async () => {
    await accepted(GET);
    await offer(GET, DELETE);
    await docsRow("1 new · 2 tools");
    deepEqual(await account.putBodies(), []);
    await hold("new");
    await docsRow("1 new · 1 of 2 enabled");
  });

  it("turns off what a read shows to be new, says so once, and accepting turns it on", async () => {
    await accepted(GET);
    await hold("new");
    await offer({ ...GET, description: "Other" }, DELETE);
    const message = await person.message(/^delete_page of Docs is new or changed/u);
    equal(message.text, "delete_page of Docs is new or changed, and off until you accept it.");
    deepEqual(message.buttons, ["Review Changes"]);
    deepEqual(await puts(1), [{ updated_tools: [{ name: "delete_page", enabled: false }] }]);
    const [row] = await until(reviewed, (rows) => rows.length > 0);
    deepEqual(
      row?.children?.map(({ label, description }) => `${label}: ${description}`),
      ["delete_page: new · off until accepted", "get_page: description"],
    );
    await run(COMMANDS.refresh);
    deepEqual(person.messages, []);
    await run(COMMANDS.acceptChanges, account.server("docs"));
    await docsRow("2 tools");
    deepEqual((await puts(2))[1], { updated_tools: [] });
  });

  it("turns off what has changed too where that is set, and Undo turns it on for good", async () => {
    await accepted(GET, SEARCH);
    await hold("newAndChanged");
    await offer({ ...GET, description: "Other" }, SEARCH);
    await person.message(/^get_page of Docs is new or changed/u);
    await docsRow("1 changed · 1 of 2 enabled");
    await run(COMMANDS.undo);
    await docsRow("1 changed · 2 tools");
    await run(COMMANDS.refresh);
    deepEqual((await puts(2)).length, 2);
    deepEqual(person.messages, []);
  });

  it("leaves off after accepting what was off before", async () => {
    await accepted(GET, SEARCH);
    await run(COMMANDS.disable, account.capability("tool", "docs", "get_page"));
    await hold("newAndChanged");
    await offer({ ...GET, description: "Other" }, { ...SEARCH, description: "Other" });
    await person.message(/^search of Docs is new or changed/u);
    await docsRow("2 changed · 0 of 2 enabled");
    await run(COMMANDS.acceptChanges, account.server("docs"));
    await docsRow("1 of 2 enabled");
  });

  it("says once why Cloudflare refused it, and tries again from the message", async () => {
    await accepted(GET);
    await hold("new");
    const body = '{"success":false,"errors":[{"code":7001,"message":"Not now"}],"result":null}';
    await account.emulator.set({
      faults: [{ kind: "body", status: 400, body, match: { method: "PUT", count: 1 } }],
    });
    await offer(GET, DELETE);
    const message = await person.message(/Not now/u);
    await run(COMMANDS.refresh);
    deepEqual(person.messages, []);
    deepEqual(message.buttons, ["Try Again"]);
    message.press("Try Again");
    await docsRow("1 new · 1 of 2 enabled");
    await run(COMMANDS.acceptChanges, account.server("docs"));
    await docsRow("2 tools");
  });

  it("does it once although another window has seen it too, whichever accepts it", async () => {
    await accepted(GET);
    await hold("new");
    const file = await ownFile(new RegExp(`${account.emulator.accountId}/baseline/docs.json`, "u"));
    const other = openOtherWindow(account.emulator, dirname(dirname(dirname(dirname(file)))));
    await other.refresh();
    await account.emulator.write({ server: "docs", patch: { tools: [GET, DELETE], prompts: [] } });
    await Promise.all([run(COMMANDS.refresh), other.refresh()]);
    await docsRow("1 new · 1 of 2 enabled");
    await until(
      () => other.held(),
      (states) => states[0] === "off",
    );
    equal((await account.putBodies()).length, 1);
    await other.accept();
    await until(
      () => account.putBodies(),
      (bodies) => bodies.length === 2,
    );
    await run(COMMANDS.refresh);
    await docsRow("2 tools");
    other.close();
  });
});

async function hold(mode: string | undefined): Promise<void> {
  const { Global } = vscode.ConfigurationTarget;
  await vscode.workspace.getConfiguration().update(SETTINGS.reviewHold, mode, Global);
}
