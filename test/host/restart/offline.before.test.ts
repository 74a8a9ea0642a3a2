import process from "node:process";
import type { Emulator } from "../../harness/emulator.ts";
import { pasteToken } from "../support/accounts.ts";
import { startLastingEmulator } from "../support/lastingEmulator.ts";
import { QuickInputDriver } from "../support/person.ts";
import { serverRow, until } from "../support/screen.ts";
import { filesBelow } from "../support/search.ts";
import { activated, setApiRoot } from "../support/signedIn.ts";
import { addToken } from "../support/tokens.ts";

/** What this window has seen is all that the next one has: see offline.after.test.ts. */
describe("A window before one without a network", () => {
  let emulator: Emulator;
  let person: QuickInputDriver;

  before(async () => {
    emulator = await startLastingEmulator();
    await setApiRoot(emulator.url);
    person = new QuickInputDriver();
  });
  after(() => person.leave());

  it("keeps what it has seen", async () => {
    const exports = await activated();
    await pasteToken(person, await addToken(emulator, { accounts: [emulator.accountId] }));
    await until(
      () => serverRow(exports, "Docs"),
      (row) => row !== undefined,
    );
    const data = process.env["MCP_PORTALS_TEST_DATA"] ?? "";
    await until(
      async () => (await filesBelow(data)).filter(({ name }) => name.endsWith("servers.json")),
      (files) => files.some(({ text }) => text.includes('"name":"Docs"')),
    );
  });
});
