import { randomBytes } from "node:crypto";
import type { Emulator } from "../harness/emulator.ts";
import { changeBrowserSecrets } from "./support/browserSecrets.ts";
import { eventually } from "./support/eventually.ts";
import { answerInput, pickItem, readInput, runCommand } from "./support/quickInput.ts";
import { openServersView, readTree } from "./support/serversView.ts";
import { closeAll, openSignedOut } from "./support/signedIn.ts";
import type { CodeWindow } from "./support/window.ts";
import { readNotifications } from "./support/workbenchParts.ts";

const NAMES = ["Alder", "Birch"] as const;

describe("A sign-in that can't be read any more", () => {
  let emulator: Emulator;
  let window: CodeWindow;
  const ids = NAMES.map(() => randomBytes(16).toString("hex"));

  before(async function () {
    this.timeout(120_000);
    ({ emulator, window } = await openSignedOut());
    await signIn(emulator.accountId);
    await eventually(async () => (await readTree(window)).length > 0, true);
    for (const [at, name] of NAMES.entries()) {
      await emulator.control("POST", "accounts", { id: ids[at], name });
      await signIn(ids[at] ?? "");
      await eventually(async () => (await roots()).includes(name), true);
    }
    await eventually(roots, ["Alder", "Birch", "Harborlane"]);
  });
  after(closeAll);

  const roots = async () => (await readTree(window)).filter((line) => !line.startsWith(" "));

  async function signIn(account: string): Promise<void> {
    const secret = randomBytes(30).toString("base64url");
    await emulator.control("POST", "tokens", { name: "test", secret, accounts: [account] });
    await runCommand(window, "MCP Portals: Sign In…");
    await pickItem(window, "Paste an API token");
    await eventually(async () => (await readInput(window)).items.length, 0);
    await answerInput(window, secret);
  }

  it("is removed with a message, whatever is wrong with it, and the others stay", async () => {
    const [unparsable, misshapen] = ids;
    await changeBrowserSecrets(window.page, [
      { part: `mcpPortals.account.${unparsable}`, value: '{ "account":' },
      { part: `mcpPortals.account.${misshapen}`, value: '{ "account": "Birch", "token": 7 }' },
    ]);
    await window.reload();
    await openServersView(window);
    await eventually(async () => (await roots()).length, 10);
    await eventually(
      async () => (await readNotifications(window)).some((text) => REMOVED.test(text)),
      true,
    );
  });

  it("is reported once, and not in the next window", async () => {
    await window.reload();
    await openServersView(window);
    await eventually(async () => (await roots()).length, 10);
    await eventually(() => readNotifications(window), []);
  });

  it("can be signed in to again", async () => {
    await signIn(ids[0] ?? "");
    await eventually(roots, ["Alder", "Harborlane"]);
  });
});

const REMOVED = /A saved sign-in couldn't be read and was removed/u;
