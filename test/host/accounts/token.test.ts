import { deepEqual, equal, match } from "node:assert/strict";
import { COMMANDS } from "../../../src/manifest.ts";
import { run } from "../support/run.ts";
import { treeOf, until } from "../support/screen.ts";
import { signInSuite } from "../support/signInSuite.ts";
import { addToken } from "../support/tokens.ts";

const TOKEN = "Paste an API token";

describe("Signing in with a token", () => {
  const suite = signInSuite();

  const accountIdAsked = () =>
    until(
      () => suite.person.asked?.title,
      (title) => title === "Cloudflare account id",
    );

  it("takes a token of one account without asking which", async () => {
    const token = await addToken(suite.emulator, { accounts: [suite.emulator.accountId] });
    await suite.emulator.clearLog();
    const done = run(COMMANDS.signIn);
    await suite.person.pick(TOKEN);
    await suite.person.type(token);
    await done;
    await suite.serversShown();
    const paths = (await suite.emulator.log()).map(({ path }) => path);
    deepEqual(paths.slice(0, 2), ["/user/tokens/verify", "/accounts"]);
  });

  it("leaves a wrong token in the box, with Cloudflare's words, until a right one comes", async () => {
    const done = run(COMMANDS.signIn);
    await suite.person.pick(TOKEN);
    await suite.person.type("x".repeat(40));
    equal(
      await suite.person.complaint(),
      "Cloudflare doesn't know this credential. Check that all of it was copied. Cloudflare says: Invalid API Token",
    );
    await suite.person.type(
      await addToken(suite.emulator, { accounts: [suite.emulator.accountId] }),
    );
    await done;
    await suite.serversShown();
  });

  it("says of a text that can't be a token why not, and sends nothing", async () => {
    const done = run(COMMANDS.signIn);
    await suite.person.pick(TOKEN);
    await suite.emulator.clearLog();
    await suite.person.type("two words");
    equal(await suite.person.complaint(), "A credential has no spaces or line breaks in it.");
    deepEqual(await suite.emulator.log(), []);
    await suite.person.dismiss();
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
      await suite.person.pick(TOKEN);
      await suite.person.type(
        await addToken(suite.emulator, { accounts: [suite.emulator.accountId], ...wishes }),
      );
      match(await suite.person.complaint(), says);
      await suite.person.dismiss();
      await done;
      deepEqual(await treeOf(suite.exports), []);
    });
  }

  it("lists several accounts, and tells of one that the token may not read", async () => {
    const token = await addToken(suite.emulator);
    const done = run(COMMANDS.signIn);
    await suite.person.pick(TOKEN);
    await suite.emulator.set({
      faults: [
        {
          kind: "status",
          status: 403,
          code: 10000,
          message: "Authentication error",
          match: { path: `${suite.emptyAccount}/access`, count: 1 },
        },
      ],
    });
    await suite.person.type(token);
    await suite.person.pick("Empty account");
    const details = await until(
      () => suite.person.listed?.map(({ detail }) => detail ?? ""),
      (seen) => seen?.some((detail) => detail !== "") === true,
    );
    match(details?.join("") ?? "", /may not read MCP portals in this account/u);
    await suite.person.pick("Harborlane");
    await done;
    await suite.serversShown();
  });

  it("asks a token that may list no accounts for the id, and checks it", async () => {
    const token = await addToken(suite.emulator, {
      listsAccounts: false,
      accounts: [suite.emulator.accountId],
    });
    const done = run(COMMANDS.signIn);
    await suite.person.pick(TOKEN);
    await suite.person.type(token);
    await accountIdAsked();
    await suite.person.type("no id");
    equal(await suite.person.complaint(), "An account id is 32 hexadecimal digits.");
    await suite.person.type("0".repeat(32));
    match(await suite.person.complaint(), /Cloudflare says/u);
    await suite.person.type(suite.emulator.accountId.toUpperCase());
    await done;
    await suite.serversShown();
  });

  it("recognizes an account's token by the accounts that it lists", async () => {
    const done = run(COMMANDS.signIn);
    await suite.person.pick(TOKEN);
    await suite.person.type(
      await addToken(suite.emulator, { owner: "account", accounts: [suite.emulator.accountId] }),
    );
    await done;
    await suite.serversShown();
  });

  it("takes an account's token that lists nothing by the account's id", async () => {
    const token = await addToken(suite.emulator, {
      owner: "account",
      listsAccounts: false,
      accounts: [suite.emulator.accountId],
    });
    const done = run(COMMANDS.signIn);
    await suite.person.pick(TOKEN);
    await suite.person.type(token);
    match(await suite.person.complaint(), /Invalid API Token/u);
    await suite.person.pressButton("It's an account token: enter the account id");
    await accountIdAsked();
    await suite.person.type(suite.emptyAccount);
    match(await suite.person.complaint(), /Cloudflare doesn't know this credential/u);
    await suite.person.type(suite.emulator.accountId);
    await done;
    await suite.serversShown();
  });

  it("tells of an account's token that has expired", async () => {
    const token = await addToken(suite.emulator, {
      owner: "account",
      status: "expired",
      expires_on: "2026-03-04T12:00:00Z",
    });
    const done = run(COMMANDS.signIn);
    await suite.person.pick(TOKEN);
    await suite.person.type(token);
    await suite.person.complaint();
    await suite.person.pressButton("It's an account token: enter the account id");
    await accountIdAsked();
    await suite.person.type(suite.emulator.accountId);
    match(await suite.person.complaint(), /^This token expired on Mar 4, 2026/u);
    await suite.person.dismiss();
    await done;
  });
});
