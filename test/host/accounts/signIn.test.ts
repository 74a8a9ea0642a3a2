import { deepEqual, equal, match } from "node:assert/strict";
import { COMMANDS } from "../../../src/manifest.ts";
import { serversShown } from "../support/accounts.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { treeOf, until } from "../support/screen.ts";
import { addAccount, addToken } from "../support/tokens.ts";

describe("Signing in", () => {
  const { account, person } = setUpSuite({ signedIn: false });
  before(() => addAccount(account.emulator, "Empty account"));

  it("offers the ways in their order, and a link to where tokens are made", async () => {
    const done = run(COMMANDS.signIn);
    const labels = () => person.listed?.map(({ label }) => label.replace(/^\$\([\w-]+\) /u, ""));
    deepEqual(await until(labels, (seen) => seen !== undefined), [
      "Paste an API token",
      "Use an email and Global API Key (legacy)",
      "Open the demo account",
    ]);
    await person.pressButton(/Make a token/u);
    deepEqual(person.opened, ["https://dash.cloudflare.com/profile/api-tokens"]);
    await person.dismiss();
    await done;
    deepEqual(await treeOf(account.exports), []);
  });

  it("takes an email and its Global API Key, and tells a wrong one", async () => {
    const { globalKey } = account;
    const done = run(COMMANDS.signIn);
    await person.pick("Use an email and Global API Key (legacy)");
    await person.type("nobody");
    equal(await person.complaint(), "An email has an @ in it.");
    await person.type(globalKey.email);
    await until(
      () => person.asked,
      (asked) => asked?.complaint === "",
    );
    await person.type("f".repeat(37));
    match(await person.complaint(), /Unknown X-Auth-Key or X-Auth-Email/u);
    await person.type(globalKey.key);
    await person.pick("Harborlane");
    await done;
    await serversShown(account.exports);
  });

  it("goes back from every question to the one before", async () => {
    const { globalKey } = account;
    const wayBackTo = (label: string) =>
      until(
        () => person.active?.label,
        (active) => active === label,
      );
    const done = run(COMMANDS.signIn);
    await person.pick("Use an email and Global API Key (legacy)");
    await person.type(globalKey.email);
    await until(
      () => person.asked?.prompt,
      (prompt) => prompt?.startsWith("Paste the Global API Key") === true,
    );
    await person.pressButton("Back");
    await person.untilAsked("The email of your Cloudflare user", globalKey.email);
    await person.enter();
    await person.type(globalKey.key);
    await until(
      () => person.listed?.map(({ label }) => label),
      (labels) => labels?.includes("Harborlane") === true,
    );
    await person.pressButton("Back");
    await until(
      () => person.asked,
      (asked) =>
        asked?.prompt.startsWith("Paste the Global API Key") === true &&
        asked.value === globalKey.key,
    );
    await person.pressButton("Back");
    await person.untilAsked("The email of your Cloudflare user", globalKey.email);
    await person.pressButton("Back");
    await wayBackTo("Use an email and Global API Key (legacy)");
    await person.dismiss();
    await done;
    deepEqual(await treeOf(account.exports), []);
  });

  it("goes back from the account id to the token", async () => {
    const token = "t".repeat(40);
    const done = run(COMMANDS.signIn);
    await person.pick("Paste an API token");
    await person.type(token);
    await person.complaint();
    await person.pressButton(/account token/u);
    await person.untilAsked(
      "The id of the account: 32 hexadecimal digits, in the dashboard's address.",
    );
    await person.pressButton("Back");
    await until(
      () => person.asked,
      (asked) => asked?.title === "Sign in with an API token" && asked.value === token,
    );
    await person.dismiss();
    await done;
    deepEqual(await treeOf(account.exports), []);
  });

  it("stops checking a credential at Esc, ends the request and signs nobody in", async () => {
    const token = await addToken(account.emulator, { accounts: [account.emulator.accountId] });
    await account.emulator.set({
      faults: [{ kind: "hang", match: { path: "/user/tokens/verify", count: 1 } }],
    });
    const done = run(COMMANDS.signIn);
    await person.pick("Paste an API token");
    await person.type(token);
    await person.dismiss();
    await done;
    await account.emulator.reset();
    deepEqual(await treeOf(account.exports), []);
    deepEqual(person.messages, []);
  });

  it("can be left at every step, and nobody is signed in", async () => {
    for (const steps of [[], ["Paste an API token"]]) {
      const done = run(COMMANDS.signIn);
      for (const step of steps) {
        await person.pick(step);
      }
      await until(
        () => person.listed ?? person.asked,
        (open) => open !== undefined,
      );
      await person.dismiss();
      await done;
      deepEqual(await treeOf(account.exports), []);
    }
  });
});
