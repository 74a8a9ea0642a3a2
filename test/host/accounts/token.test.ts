import { deepEqual, equal, match } from "node:assert/strict";
import { COMMANDS } from "../../../src/manifest.ts";
import { serversShown } from "../support/accounts.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { treeOf, until } from "../support/screen.ts";
import { addAccount, addToken } from "../support/tokens.ts";

const TOKEN = "Paste an API token";

describe("Signing in with a token", () => {
  const { account, person } = setUpSuite({ signedIn: false });
  let emptyAccount: string;
  before(async () => {
    emptyAccount = await addAccount(account.emulator, "Empty account");
  });

  const accountIdAsked = () =>
    until(
      () => person.asked?.title,
      (title) => title === "Cloudflare account id",
    );

  it("takes a token of one account without asking which", async () => {
    const token = await addToken(account.emulator, { accounts: [account.emulator.accountId] });
    await account.emulator.clearLog();
    const done = run(COMMANDS.signIn);
    await person.pick(TOKEN);
    await person.type(token);
    await done;
    await serversShown(account.exports);
    const paths = (await account.emulator.log()).map(({ path }) => path);
    deepEqual(paths.slice(0, 2), ["/user/tokens/verify", "/accounts"]);
  });

  it("leaves a wrong token in the box, with Cloudflare's words, until a right one comes", async () => {
    const done = run(COMMANDS.signIn);
    await person.pick(TOKEN);
    await person.type("x".repeat(40));
    equal(
      await person.complaint(),
      "Cloudflare doesn't know this credential. Check that all of it was copied. Cloudflare says: Invalid API Token",
    );
    await person.type(await addToken(account.emulator, { accounts: [account.emulator.accountId] }));
    await done;
    await serversShown(account.exports);
  });

  it("says why a text can't be a token, and sends nothing", async () => {
    const done = run(COMMANDS.signIn);
    await person.pick(TOKEN);
    await account.emulator.clearLog();
    await person.type("two words");
    equal(await person.complaint(), "A credential has no spaces or line breaks in it.");
    deepEqual(await account.emulator.log(), []);
    await person.dismiss();
    await done;
  });

  const states = [
    {
      what: "a disabled token",
      wishes: { status: "disabled" },
      says: /^This token is disabled\. Enable it in the dashboard/u,
    },
    {
      what: "an expired token and since when",
      wishes: { status: "expired", expires_on: "2026-03-04T12:00:00Z" },
      says: /^This token expired on Mar 4, 2026.*\. Make a new one/u,
    },
    {
      what: "a token that isn't valid yet and from when it is",
      wishes: { status: "active", not_before: "2126-03-04T12:00:00Z" },
      says: /^This token isn't valid before Mar 4, 2126/u,
    },
    {
      what: "a token without the permission or in an account without portals, both in one sentence",
      wishes: { permission: "none" },
      says: /^The credential is right, but may not read MCP portals in this account: either it lacks the permission MCP Portals Read, or the account isn't entitled/u,
    },
  ] as const;
  for (const { what, wishes, says } of states) {
    it(`tells ${what}`, async () => {
      const done = run(COMMANDS.signIn);
      await person.pick(TOKEN);
      await person.type(
        await addToken(account.emulator, { accounts: [account.emulator.accountId], ...wishes }),
      );
      match(await person.complaint(), says);
      await person.dismiss();
      await done;
      deepEqual(await treeOf(account.exports), []);
    });
  }

  it("lists several accounts, and tells of one that the token may not read", async () => {
    const token = await addToken(account.emulator);
    const done = run(COMMANDS.signIn);
    await person.pick(TOKEN);
    await account.emulator.set({
      faults: [
        {
          kind: "status",
          status: 403,
          code: 10000,
          message: "Authentication error",
          match: { path: `${emptyAccount}/access`, count: 1 },
        },
      ],
    });
    await person.type(token);
    await person.pick("Empty account");
    const details = await until(
      () => person.listed?.map(({ detail }) => detail ?? ""),
      (seen) => seen?.some((detail) => detail !== "") === true,
    );
    match(details?.join("") ?? "", /may not read MCP portals in this account/u);
    await person.pick("Harborlane");
    await done;
    await serversShown(account.exports);
  });

  it("asks a token that may list no accounts for the id, and checks it", async () => {
    const token = await addToken(account.emulator, {
      listsAccounts: false,
      accounts: [account.emulator.accountId],
    });
    const done = run(COMMANDS.signIn);
    await person.pick(TOKEN);
    await person.type(token);
    await accountIdAsked();
    await person.type("no id");
    equal(await person.complaint(), "An account id is 32 hexadecimal digits.");
    await person.type("0".repeat(32));
    match(await person.complaint(), /Cloudflare says/u);
    await person.type(account.emulator.accountId.toUpperCase());
    await done;
    await serversShown(account.exports);
  });

  it("recognizes an account's token by the accounts that it lists", async () => {
    const done = run(COMMANDS.signIn);
    await person.pick(TOKEN);
    await person.type(
      await addToken(account.emulator, {
        owner: "account",
        accounts: [account.emulator.accountId],
      }),
    );
    await done;
    await serversShown(account.exports);
  });

  it("takes an account's token that lists nothing by the account's id", async () => {
    const token = await addToken(account.emulator, {
      owner: "account",
      listsAccounts: false,
      accounts: [account.emulator.accountId],
    });
    const done = run(COMMANDS.signIn);
    await person.pick(TOKEN);
    await person.type(token);
    match(await person.complaint(), /Invalid API Token/u);
    await person.pressButton("It's an account token: enter the account id");
    await accountIdAsked();
    await person.type(emptyAccount);
    match(await person.complaint(), /Cloudflare doesn't know this credential/u);
    await person.type(account.emulator.accountId);
    await done;
    await serversShown(account.exports);
  });

  it("says that an account's token has expired", async () => {
    const token = await addToken(account.emulator, {
      owner: "account",
      status: "expired",
      expires_on: "2026-03-04T12:00:00Z",
    });
    const done = run(COMMANDS.signIn);
    await person.pick(TOKEN);
    await person.type(token);
    await person.complaint();
    await person.pressButton("It's an account token: enter the account id");
    await accountIdAsked();
    await person.type(account.emulator.accountId);
    match(await person.complaint(), /^This token expired on Mar 4, 2026/u);
    await person.dismiss();
    await done;
  });
});
