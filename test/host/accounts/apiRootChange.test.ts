import { deepEqual, equal, match } from "node:assert/strict";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { COMMANDS } from "../../../src/manifest.ts";
import type { Emulator } from "../../harness/emulator.ts";
import { pasteToken, roots, serversShown, setApiRoot } from "../support/accounts.ts";
import { startTestEmulator } from "../support/emulator.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { serverRow, until } from "../support/screen.ts";
import { filesBelow } from "../support/search.ts";
import { addToken } from "../support/tokens.ts";

describe("A stored credential", () => {
  let other: Emulator;
  const { account, person } = setUpSuite({ signedIn: false });
  before(async () => {
    other = await startTestEmulator();
  });
  beforeEach(async () => {
    await setApiRoot(account.emulator.url);
    await pasteToken(
      person,
      await addToken(account.emulator, { accounts: [account.emulator.accountId] }),
    );
    await serversShown(account.exports);
    await other.clearLog();
  });
  after(() => other.stop());

  const refresh = () => run(COMMANDS.refresh);

  it("stays with the API root that it was given for, until the person says otherwise", async () => {
    await setApiRoot(other.url);
    const question = await person.message(/^The API root is now /u);
    match(
      question.text,
      new RegExp(`credentials of Harborlane were given for ${account.emulator.url}`, "u"),
    );
    await refresh();
    deepEqual(await other.log(), []);
    question.press("Keep as Is");
    await refresh();
    deepEqual(await other.log(), []);
    equal((await serverRow(account.exports, "Docs")) === undefined, false);
  });

  it("goes to the new root when the person wants it there", async () => {
    await setApiRoot(other.url);
    const question = await person.message(/^The API root is now /u);
    question.press("Use New Root");
    await until(
      async () => (await other.log()).map(({ credential }) => credential.kind),
      (kinds) => kinds.includes("bearer"),
    );
    await account.emulator.clearLog();
    await refresh();
    deepEqual(await account.emulator.log(), []);
  });

  it("is never offered to a root that isn't safe", async () => {
    await setApiRoot("http://example.com/client/v4");
    const { text, buttons } = await person.message(/has to start with https/u);
    match(text, /Your accounts keep their API root/u);
    deepEqual(buttons, []);
    await refresh();
    equal((await serverRow(account.exports, "Docs")) === undefined, false);
  });

  /** Writes to the registry of sign-ins, as another window would. */
  async function signOutElsewhere(): Promise<void> {
    const data = process.env["MCP_PORTALS_TEST_DATA"] ?? "";
    const ending = join("signIns", `${account.emulator.accountId}.json`);
    const file = (await filesBelow(data)).find(({ name }) => name.endsWith(ending));
    if (file === undefined) {
      throw new Error(`There is no ${ending} below ${data}.`);
    }
    const { generation } = JSON.parse(file.text);
    const draft = `${file.name}.other-window`;
    await writeFile(
      draft,
      JSON.stringify({ generation: generation + 1, signedIn: false, readOnly: false }),
    );
    await rename(draft, file.name);
  }

  it("is forgotten when another window signs out: the tree empties, and no request follows", async () => {
    await signOutElsewhere();
    await until(
      () => roots(account.exports),
      (rows) => rows.length === 0,
    );
    await account.emulator.clearLog();
    await refresh();
    deepEqual(await account.emulator.log(), []);
    const data = process.env["MCP_PORTALS_TEST_DATA"] ?? "";
    await until(
      async () =>
        (await filesBelow(data)).filter(({ name }) =>
          name.includes(join("accounts", account.emulator.accountId)),
        ).length,
      (count) => count === 0,
    );
  });

  it("isn't used again though nobody tells this window of the sign-out elsewhere", async () => {
    await account.emulator.clearLog();
    await Promise.all([signOutElsewhere().then(refresh), refresh()]);
    await until(
      () => roots(account.exports),
      (rows) => rows.length === 0,
    );
    await account.emulator.clearLog();
    await refresh();
    deepEqual(await account.emulator.log(), []);
  });
});
