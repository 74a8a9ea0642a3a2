import { deepEqual, match } from "node:assert/strict";
import process from "node:process";
import { COMMANDS } from "../../../src/manifest.ts";
import { run } from "../support/run.ts";
import { signInSuite } from "../support/signInSuite.ts";
import { addToken } from "../support/tokens.ts";

describe("Signing in with the environment's token", () => {
  // Comes before the suite's own, so that signing out finds the environment as it was.
  afterEach(() => {
    delete process.env["CLOUDFLARE_API_TOKEN"];
    delete process.env["CLOUDFLARE_ACCOUNT_ID"];
  });
  const suite = signInSuite();

  it("takes the environment's token, as that of the environment's account where need be", async () => {
    process.env["CLOUDFLARE_API_TOKEN"] = await addToken(suite.emulator, {
      owner: "account",
      listsAccounts: false,
      accounts: [suite.emulator.accountId],
    });
    process.env["CLOUDFLARE_ACCOUNT_ID"] = suite.emulator.accountId;
    const done = run(COMMANDS.signIn);
    await suite.person.pick("Use CLOUDFLARE_API_TOKEN from the environment");
    await done;
    await suite.serversShown();
  });

  it("suggests the environment's account where the id is asked for", async () => {
    process.env["CLOUDFLARE_API_TOKEN"] = await addToken(suite.emulator, { listsAccounts: false });
    process.env["CLOUDFLARE_ACCOUNT_ID"] = suite.emulator.accountId;
    const done = run(COMMANDS.signIn);
    await suite.person.pick("Use CLOUDFLARE_API_TOKEN from the environment");
    await suite.person.enter();
    await done;
    await suite.serversShown();
  });

  it("offers to take the environment's token for an account's", async () => {
    process.env["CLOUDFLARE_API_TOKEN"] = await addToken(suite.emulator, {
      owner: "account",
      listsAccounts: false,
      accounts: [suite.emulator.accountId],
    });
    await run(COMMANDS.signIn, undefined, undefined, "environment");
    const { buttons, press } = await suite.person.message(/You aren't signed in/u);
    deepEqual(buttons, ["It's an Account Token…"]);
    press("It's an Account Token…");
    await suite.person.type(suite.emulator.accountId);
    await suite.serversShown();
  });

  it("says what is wrong with the environment's token", async () => {
    process.env["CLOUDFLARE_API_TOKEN"] = await addToken(suite.emulator, { status: "disabled" });
    await run(COMMANDS.signIn, undefined, undefined, "environment");
    const { text } = await suite.person.message(/You aren't signed in/u);
    match(text, /This token is disabled/u);
  });
});
