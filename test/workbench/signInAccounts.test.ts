import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Emulator } from "../harness/emulator.ts";
import { makeTemporaryFolder } from "../harness/temporary.ts";
import { readBrowserStorage } from "./support/browserStorage.ts";
import { eventually } from "./support/eventually.ts";
import {
  answerInput,
  closeInput,
  pickItem,
  readInput,
  runCommand,
  typeInput,
} from "./support/quickInput.ts";
import { openServersView, readTree, serversView } from "./support/serversView.ts";
import { closeAll, openSignedOut } from "./support/signedIn.ts";
import type { CodeWindow } from "./support/window.ts";

const TIDEWATER = randomBytes(16).toString("hex");

describe("Several accounts, by hand", () => {
  let emulator: Emulator;
  let window: CodeWindow;
  let globalKey: { readonly email: string; readonly key: string };

  before(async () => {
    const stateFile = join((await makeTemporaryFolder("emulator")).path, "state.json");
    ({ emulator, window } = await openSignedOut({}, "--state", stateFile));
    await emulator.control("POST", "accounts", { id: TIDEWATER, name: "Tidewater" });
    globalKey = JSON.parse(await readFile(stateFile, "utf8")).globalKey;
  });
  after(closeAll);

  const roots = async (of: CodeWindow = window) =>
    (await readTree(of)).filter((line) => !line.startsWith(" "));
  const welcome = (of: CodeWindow) => serversView(of).getByText("Open Demo Account").waitFor();

  /** Without the second lines of the entries. */
  const labels = async () =>
    (await readInput(window)).items
      .map((text) => text.trim())
      .filter((text) => !/^(With the permission|Runs on)/u.test(text));

  it("begin with the ways to sign in, lead back there, and can be left", async () => {
    const ways = [
      "Paste an API token",
      "Use an email and Global API Key (legacy)",
      "Open the demo account",
    ];
    await serversView(window).getByRole("button", { name: "Sign In…" }).click();
    await eventually(labels, ways);
    await pickItem(window, "Paste an API token");
    await eventually(async () => (await readInput(window)).title, "Sign in with an API token");
    await window.page.getByRole("button", { name: /^Back/u }).click();
    await eventually(labels, ways);
    await eventually(async () => (await readInput(window)).title, "Sign in to Cloudflare");
    await window.page.getByRole("button", { name: /^Make a token in the dashboard/u }).waitFor();
    await closeInput(window);
    await welcome(window);
  });

  it("takes an email and its Global API Key, and filters the accounts", async () => {
    await serversView(window).getByRole("button", { name: "Sign In…" }).click();
    await pickItem(window, "Use an email and Global API Key (legacy)");
    await answerInput(window, globalKey.email);
    await eventually(
      async () => /Paste the Global API Key/.test((await readInput(window)).message),
      true,
    );
    const field = window.page.locator(".quick-input-widget .quick-input-box input");
    assert.equal(await field.getAttribute("type"), "password");
    await answerInput(window, globalKey.key);
    await eventually(async () => [...(await labels())].sort(), ["Harborlane", "Tidewater"]);
    await typeInput(window, "harb");
    await eventually(labels, ["Harborlane"]);
    await pickItem(window, "Harborlane");
    await eventually(async () => (await roots()).length, 10);
  });

  it("asks a token that lists no accounts for the id", async () => {
    const secret = randomBytes(30).toString("base64url");
    await emulator.control("POST", "tokens", { name: "narrow", secret, listsAccounts: false });
    await runCommand(window, "MCP Portals: Sign In…");
    await pickItem(window, "Paste an API token");
    await answerInput(window, secret);
    await eventually(async () => (await readInput(window)).title, "Cloudflare account id");
    await answerInput(window, "no id");
    await eventually(
      async () => /An account id is 32 hexadecimal digits/.test((await readInput(window)).message),
      true,
    );
    await answerInput(window, TIDEWATER);
    await eventually(() => roots(), [TIDEWATER, "Harborlane"]);
  });

  it("shows the account that was chosen, also after a restart", async () => {
    await runCommand(window, "MCP Portals: Switch Account…");
    await pickItem(window, "Harborlane");
    await eventually(async () => (await roots()).length, 10);
    // VS Code saves its global state some time later.
    await eventually(
      async () =>
        (await readBrowserStorage(window.page)).some(({ text }) =>
          text.includes("mcpPortals.shownAccount"),
        ),
      true,
    );
    await window.reload();
    await openServersView(window);
    await eventually(async () => (await roots()).length, 10);
    await runCommand(window, "MCP Portals: Switch Account…");
    await pickItem(window, "All Accounts");
    await eventually(() => roots(), [TIDEWATER, "Harborlane"]);
  });

  it("keeps nothing of a credential in the browser but in its storage of secrets", async () => {
    const storage = await readBrowserStorage(window.page);
    assert.ok(storage.length > 0);
    const parts = Array.from({ length: globalKey.key.length - 7 }, (_, at) =>
      globalKey.key.slice(at, at + 8),
    );
    const places = storage.filter(({ text }) => parts.some((part) => text.includes(part)));
    assert.deepEqual(
      places.map(({ name }) => name).filter((name) => !name.includes("secret")),
      [],
    );
  });

  it("is signed out in every tab, and no tab brings it back", async () => {
    const page = await window.page.context().newPage();
    await page.goto(window.page.url());
    const other: CodeWindow = { ...window, page };
    await page.getByRole("tab", { name: "MCP Portals" }).first().waitFor();
    await openServersView(other);
    await eventually(() => roots(other), [TIDEWATER, "Harborlane"]);
    await runCommand(window, "MCP Portals: Sign Out");
    await pickItem(window, "All Accounts");
    await welcome(window);
    await welcome(other);
    await emulator.clearLog();
    await page.reload();
    await page.getByRole("tab", { name: "MCP Portals" }).first().waitFor();
    await openServersView(other);
    await welcome(other);
    await window.reload();
    await openServersView(window);
    await welcome(window);
    assert.deepEqual(await emulator.log(), []);
    await page.close();
  }).timeout(180_000);
});
