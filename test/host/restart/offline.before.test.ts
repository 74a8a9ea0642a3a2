import process from "node:process";
import { pasteToken, serversShown } from "../support/accounts.ts";
import { setUpSuite } from "../support/fixture.ts";
import { until } from "../support/screen.ts";
import { filesBelow } from "../support/search.ts";
import { addToken } from "../support/tokens.ts";

/** The next window has only the data that this one has seen; see offline.after.test.ts. */
describe("A window before one without a network", () => {
  const { account, person } = setUpSuite({ restart: "before" });

  it("keeps what it has seen", async () => {
    await pasteToken(
      person,
      await addToken(account.emulator, { accounts: [account.emulator.accountId] }),
    );
    await serversShown(account.exports);
    const data = process.env["MCP_PORTALS_TEST_DATA"] ?? "";
    await until(
      async () => (await filesBelow(data)).filter(({ name }) => name.endsWith("servers.json")),
      (files) => files.some(({ text }) => text.includes('"name":"Docs"')),
    );
  });
});
