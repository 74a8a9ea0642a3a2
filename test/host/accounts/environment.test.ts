import { deepEqual, match } from "node:assert/strict";
import process from "node:process";
import { COMMANDS } from "../../../src/manifest.ts";
import { serversShown } from "../support/accounts.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { addAccount, addToken } from "../support/tokens.ts";

describe("Signing in with the environment's token", () => {
  // Runs before the suite's own hook, so that signing out finds the environment unchanged.
  afterEach(() => {
    delete process.env["CLOUDFLARE_API_TOKEN"];
    delete process.env["CLOUDFLARE_ACCOUNT_ID"];
  });
  const { account, person } = setUpSuite({ signedIn: false });
  before(() => addAccount(account.emulator, "Empty account"));

  it("takes CLOUDFLARE_API_TOKEN for the account in CLOUDFLARE_ACCOUNT_ID where it lists no accounts", async () => {
    process.env["CLOUDFLARE_API_TOKEN"] = await addToken(account.emulator, {
      owner: "account",
      listsAccounts: false,
      accounts: [account.emulator.accountId],
    });
    process.env["CLOUDFLARE_ACCOUNT_ID"] = account.emulator.accountId;
    const done = run(COMMANDS.signIn);
    await person.pick("Use CLOUDFLARE_API_TOKEN from the environment");
    await done;
    await serversShown(account.exports);
  });

  it("suggests the environment's account where the id is asked for", async () => {
    process.env["CLOUDFLARE_API_TOKEN"] = await addToken(account.emulator, {
      listsAccounts: false,
    });
    process.env["CLOUDFLARE_ACCOUNT_ID"] = account.emulator.accountId;
    const done = run(COMMANDS.signIn);
    await person.pick("Use CLOUDFLARE_API_TOKEN from the environment");
    await person.enter();
    await done;
    await serversShown(account.exports);
  });

  it("offers to treat the environment's token as an account token", async () => {
    process.env["CLOUDFLARE_API_TOKEN"] = await addToken(account.emulator, {
      owner: "account",
      listsAccounts: false,
      accounts: [account.emulator.accountId],
    });
    await run(COMMANDS.signIn, undefined, undefined, "environment");
    const { buttons, press } = await person.message(/You aren't signed in/u);
    deepEqual(buttons, ["It's an Account Token…"]);
    press("It's an Account Token…");
    await person.type(account.emulator.accountId);
    await serversShown(account.exports);
  });

  it("says what is wrong with the environment's token", async () => {
    process.env["CLOUDFLARE_API_TOKEN"] = await addToken(account.emulator, { status: "disabled" });
    await run(COMMANDS.signIn, undefined, undefined, "environment");
    const { text } = await person.message(/You aren't signed in/u);
    match(text, /This token is disabled/u);
  });
});
