import { deepEqual, equal, match } from "node:assert/strict";
import { COMMANDS } from "../../../src/manifest.ts";
import { run } from "../support/run.ts";
import { treeOf, until } from "../support/screen.ts";
import { signInSuite } from "../support/signInSuite.ts";
import { addToken } from "../support/tokens.ts";

describe("Signing in", () => {
  const suite = signInSuite();

  it("offers the ways in their order, and a link to where tokens are made", async () => {
    const done = run(COMMANDS.signIn);
    const labels = () =>
      suite.person.listed?.map(({ label }) => label.replace(/^\$\([\w-]+\) /u, ""));
    deepEqual(await until(labels, (seen) => seen !== undefined), [
      "Paste an API token",
      "Use an email and Global API Key (legacy)",
      "Open the demo account",
    ]);
    await suite.person.pressButton(/Make a token/u);
    deepEqual(suite.person.opened, ["https://dash.cloudflare.com/profile/api-tokens"]);
    await suite.person.dismiss();
    await done;
    deepEqual(await treeOf(suite.exports), []);
  });

  it("takes an email and its Global API Key, and tells a wrong one", async () => {
    const { globalKey } = suite;
    const done = run(COMMANDS.signIn);
    await suite.person.pick("Use an email and Global API Key (legacy)");
    await suite.person.type("nobody");
    equal(await suite.person.complaint(), "An email has an @ in it.");
    await suite.person.type(globalKey.email);
    await until(
      () => suite.person.asked,
      (asked) => asked?.complaint === "",
    );
    await suite.person.type("f".repeat(37));
    match(await suite.person.complaint(), /Unknown X-Auth-Key or X-Auth-Email/u);
    await suite.person.type(globalKey.key);
    await suite.person.pick("Harborlane");
    await done;
    await suite.serversShown();
  });

  it("goes back from every question to the one before", async () => {
    const { globalKey } = suite;
    const wayBackTo = (label: string) =>
      until(
        () => suite.person.active?.label,
        (active) => active === label,
      );
    const done = run(COMMANDS.signIn);
    await suite.person.pick("Use an email and Global API Key (legacy)");
    await suite.person.type(globalKey.email);
    await until(
      () => suite.person.asked?.prompt,
      (prompt) => prompt?.startsWith("Paste the Global API Key") === true,
    );
    await suite.person.pressButton("Back");
    await suite.person.untilAsked("The email of your Cloudflare user", globalKey.email);
    await suite.person.enter();
    await suite.person.type(globalKey.key);
    await until(
      () => suite.person.listed?.map(({ label }) => label),
      (labels) => labels?.includes("Harborlane") === true,
    );
    await suite.person.pressButton("Back");
    await until(
      () => suite.person.asked,
      (asked) =>
        asked?.prompt.startsWith("Paste the Global API Key") === true &&
        asked.value === globalKey.key,
    );
    await suite.person.pressButton("Back");
    await suite.person.untilAsked("The email of your Cloudflare user", globalKey.email);
    await suite.person.pressButton("Back");
    await wayBackTo("Use an email and Global API Key (legacy)");
    await suite.person.dismiss();
    await done;
    deepEqual(await treeOf(suite.exports), []);
  });

  it("goes back from the account id to the token", async () => {
    const token = "t".repeat(40);
    const done = run(COMMANDS.signIn);
    await suite.person.pick("Paste an API token");
    await suite.person.type(token);
    await suite.person.complaint();
    await suite.person.pressButton(/account token/u);
    await suite.person.untilAsked(
      "The id of the account: 32 hexadecimal digits, in the dashboard's address.",
    );
    await suite.person.pressButton("Back");
    await until(
      () => suite.person.asked,
      (asked) => asked?.title === "Sign in with an API token" && asked.value === token,
    );
    await suite.person.dismiss();
    await done;
    deepEqual(await treeOf(suite.exports), []);
  });

  it("stops checking a credential at Esc, ends the request and signs nobody in", async () => {
    const token = await addToken(suite.emulator, { accounts: [suite.emulator.accountId] });
    await suite.emulator.set({
      faults: [{ kind: "hang", match: { path: "/user/tokens/verify", count: 1 } }],
    });
    const done = run(COMMANDS.signIn);
    await suite.person.pick("Paste an API token");
    await suite.person.type(token);
    await suite.person.dismiss();
    await done;
    await suite.emulator.reset();
    deepEqual(await treeOf(suite.exports), []);
    deepEqual(suite.person.messages, []);
  });

  it("can be left at every step, and nobody is signed in", async () => {
    for (const steps of [[], ["Paste an API token"]]) {
      const done = run(COMMANDS.signIn);
      for (const step of steps) {
        await suite.person.pick(step);
      }
      await until(
        () => suite.person.listed ?? suite.person.asked,
        (open) => open !== undefined,
      );
      await suite.person.dismiss();
      await done;
      deepEqual(await treeOf(suite.exports), []);
    }
  });
});
