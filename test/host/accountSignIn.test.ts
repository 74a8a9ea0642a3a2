import { deepEqual, equal, match } from "node:assert/strict";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import * as vscode from "vscode";
import { COMMANDS } from "../../src/contributions.ts";
import type { Exports } from "../../src/extension.ts";
import type { Emulator } from "../harness/emulator.ts";
import { startTestEmulator } from "./support/emulator.ts";
import { Person } from "./support/person.ts";
import { treeOf, until } from "./support/screen.ts";
import { activated, setApiRoot } from "./support/signedIn.ts";
import { addAccount, addToken } from "./support/tokens.ts";

const TOKEN = "Paste an API token";

describe("Signing in", () => {
  let exports: Exports;
  let emulator: Emulator;
  let person: Person;
  let stateFile: string;
  let emptyAccount: string;

  before(async () => {
    exports = await activated();
    stateFile = join(await mkdtemp(join(tmpdir(), "mcp-portals-test-")), "state.json");
    emulator = await startTestEmulator("--state", stateFile);
    emptyAccount = await addAccount(emulator, "Empty account");
    await setApiRoot(emulator.url);
    person = new Person();
  });
  afterEach(async () => {
    await vscode.commands.executeCommand(COMMANDS.signOut, undefined, undefined, "all");
    deepEqual(await treeOf(exports), []);
    person.messages.length = 0;
  });
  after(async () => {
    person.leave();
    await setApiRoot(undefined);
    await emulator.stop();
  });

  const signIn = () => vscode.commands.executeCommand(COMMANDS.signIn);
  const again = () =>
    until(
      () => person.asked?.title,
      (title) => title !== undefined,
    );
  const only = (accounts: string[]) => addToken(emulator, { accounts });
  const serversShown = () =>
    until(
      () => treeOf(exports),
      (rows) => rows.some(({ label }) => label === "Docs"),
    );

  it("offers the ways in their order, and a link to where tokens are made", async () => {
    const done = signIn();
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
    deepEqual(await treeOf(exports), []);
  });

  it("takes a token of one account without asking which", async () => {
    const token = await only([emulator.accountId]);
    await emulator.clearLog();
    const done = signIn();
    await person.pick(TOKEN);
    await person.type(token);
    await done;
    await serversShown();
    const paths = (await emulator.log()).map(({ path }) => path);
    deepEqual(paths.slice(0, 2), ["/user/tokens/verify", "/accounts"]);
  });

  it("leaves a wrong token in the box, with Cloudflare's words, until a right one comes", async () => {
    const done = signIn();
    await person.pick(TOKEN);
    await person.type("x".repeat(40));
    equal(
      await person.complaint(),
      "Cloudflare doesn't know this credential. Check that all of it was copied. Cloudflare says: Invalid API Token",
    );
    await person.type(await only([emulator.accountId]));
    await done;
    await serversShown();
  });

  it("says of a text that can't be a token why not, and sends nothing", async () => {
    const done = signIn();
    await person.pick(TOKEN);
    await emulator.clearLog();
    await person.type("two words");
    equal(await person.complaint(), "A credential has no spaces or line breaks in it.");
    deepEqual(await emulator.log(), []);
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
      const done = signIn();
      await person.pick(TOKEN);
      await person.type(await addToken(emulator, { accounts: [emulator.accountId], ...wishes }));
      match(await person.complaint(), says);
      await person.dismiss();
      await done;
      deepEqual(await treeOf(exports), []);
    });
  }

  it("lists several accounts, and tells of one that the token may not read", async () => {
    const token = await addToken(emulator);
    const done = signIn();
    await person.pick(TOKEN);
    await emulator.set({
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
    await serversShown();
  });

  it("asks a token that may list no accounts for the id, and checks it", async () => {
    const token = await addToken(emulator, {
      listsAccounts: false,
      accounts: [emulator.accountId],
    });
    const done = signIn();
    await person.pick(TOKEN);
    await person.type(token);
    await until(
      () => person.asked?.title,
      (title) => title === "Cloudflare account id",
    );
    await person.type("no id");
    equal(await person.complaint(), "An account id is 32 hexadecimal digits.");
    await person.type("0".repeat(32));
    match(await person.complaint(), /Cloudflare says/u);
    await person.type(emulator.accountId.toUpperCase());
    await done;
    await serversShown();
  });

  it("recognizes an account's token by the accounts that it lists", async () => {
    const done = signIn();
    await person.pick(TOKEN);
    await person.type(
      await addToken(emulator, { owner: "account", accounts: [emulator.accountId] }),
    );
    await done;
    await serversShown();
  });

  it("takes an account's token that lists nothing by the account's id", async () => {
    const token = await addToken(emulator, {
      owner: "account",
      listsAccounts: false,
      accounts: [emulator.accountId],
    });
    const done = signIn();
    await person.pick(TOKEN);
    await person.type(token);
    match(await person.complaint(), /Invalid API Token/u);
    await person.pressButton("It's an account token: enter the account id");
    await until(
      () => person.asked?.title,
      (title) => title === "Cloudflare account id",
    );
    await person.type(emptyAccount);
    match(await person.complaint(), /Cloudflare doesn't know this credential/u);
    await person.type(emulator.accountId);
    await done;
    await serversShown();
  });

  it("tells of an account's token that has expired", async () => {
    const token = await addToken(emulator, {
      owner: "account",
      status: "expired",
      expires_on: "2026-03-04T12:00:00Z",
    });
    const done = signIn();
    await person.pick(TOKEN);
    await person.type(token);
    await person.complaint();
    await person.pressButton("It's an account token: enter the account id");
    await until(
      () => person.asked?.title,
      (title) => title === "Cloudflare account id",
    );
    await person.type(emulator.accountId);
    match(await person.complaint(), /^This token expired on Mar 4, 2026/u);
    await person.dismiss();
    await done;
  });

  it("takes the environment's token, as that of the environment's account where need be", async () => {
    process.env["CLOUDFLARE_API_TOKEN"] = await addToken(emulator, {
      owner: "account",
      listsAccounts: false,
      accounts: [emulator.accountId],
    });
    process.env["CLOUDFLARE_ACCOUNT_ID"] = emulator.accountId;
    const done = signIn();
    await person.pick("Use CLOUDFLARE_API_TOKEN from the environment");
    await done;
    await serversShown();
    delete process.env["CLOUDFLARE_API_TOKEN"];
    delete process.env["CLOUDFLARE_ACCOUNT_ID"];
  });

  it("suggests the environment's account where the id is asked for", async () => {
    process.env["CLOUDFLARE_API_TOKEN"] = await addToken(emulator, { listsAccounts: false });
    process.env["CLOUDFLARE_ACCOUNT_ID"] = emulator.accountId;
    const done = signIn();
    await person.pick("Use CLOUDFLARE_API_TOKEN from the environment");
    await person.enter();
    await done;
    await serversShown();
    delete process.env["CLOUDFLARE_API_TOKEN"];
    delete process.env["CLOUDFLARE_ACCOUNT_ID"];
  });

  it("offers to take the environment's token for an account's", async () => {
    process.env["CLOUDFLARE_API_TOKEN"] = await addToken(emulator, {
      owner: "account",
      listsAccounts: false,
      accounts: [emulator.accountId],
    });
    await vscode.commands.executeCommand(COMMANDS.signIn, undefined, undefined, "environment");
    const { buttons, press } = await person.message(/You aren't signed in/u);
    deepEqual(buttons, ["It's an Account Token…"]);
    press("It's an Account Token…");
    await person.type(emulator.accountId);
    await serversShown();
    delete process.env["CLOUDFLARE_API_TOKEN"];
  });

  it("says what is wrong with the environment's token", async () => {
    process.env["CLOUDFLARE_API_TOKEN"] = await addToken(emulator, { status: "disabled" });
    await vscode.commands.executeCommand(COMMANDS.signIn, undefined, undefined, "environment");
    const { text } = await person.message(/You aren't signed in/u);
    match(text, /This token is disabled/u);
    delete process.env["CLOUDFLARE_API_TOKEN"];
  });

  it("takes an email and its Global API Key, and tells a wrong one", async () => {
    const { globalKey } = JSON.parse(await readFile(stateFile, "utf8"));
    const done = signIn();
    await person.pick("Use an email and Global API Key (legacy)");
    await person.type("nobody");
    equal(await person.complaint(), "An email has an @ in it.");
    await person.type(globalKey.email);
    await until(again, () => person.asked?.complaint === "");
    await person.type("f".repeat(37));
    match(await person.complaint(), /Unknown X-Auth-Key or X-Auth-Email/u);
    await person.type(globalKey.key);
    await person.pick("Harborlane");
    await done;
    await serversShown();
  });

  it("can be left at every step, and nobody is signed in", async () => {
    for (const steps of [[], [TOKEN]]) {
      const done = signIn();
      for (const step of steps) await person.pick(step);
      await until(
        () => person.listed ?? person.asked,
        (open) => open !== undefined,
      );
      await person.dismiss();
      await done;
      deepEqual(await treeOf(exports), []);
    }
  });
});
