import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { dirname, join } from "node:path";
import { COMMANDS } from "../../src/manifest.ts";
import type { Target } from "../../src/target.ts";
import { setUpSuite } from "./support/fixture.ts";
import { type Obstacle, obstruct, ownFile } from "./support/ownFiles.ts";
import { run } from "./support/run.ts";
import { serverRow, until } from "./support/screen.ts";

/** Words of Node's and of its functions, which nobody should have to read. */
const NODES_WORDS = /\bE[A-Z]{3,}\b|errno|syscall|scandir|mkdir|rename|open '|Error:/u;

describe("What can't be kept on this machine", () => {
  let putBack: (() => Promise<void>) | undefined;
  const restore = async () => {
    await putBack?.();
    putBack = undefined;
  };
  const suite = setUpSuite({ afterEach: restore });
  const tool = (): Target => suite.account.capability("tool", "tickets", "search_tickets");
  const folder = async () =>
    dirname(await ownFile(new RegExp(`accounts/${suite.account.emulator.accountId}/servers`, "u")));
  const told = async (text: RegExp) => {
    const message = await suite.person.message(text);
    doesNotMatch(message.text, NODES_WORDS);
    return message;
  };

  const edits: readonly (readonly [string, Obstacle, RegExp])[] = [
    [
      "journal.jsonl",
      "full",
      /The step that Undo needs couldn't be stored in .*\/journal\.jsonl: the disk is full\. What can't be undone isn't sent\./u,
    ],
    [
      "journal.jsonl",
      "folder",
      /The step that Undo needs couldn't be stored in .*\/journal\.jsonl: a folder is in the file's place\./u,
    ],
    [
      "locks",
      "file",
      /The lock that keeps two windows from writing at once couldn't be kept in .*\/locks\/\w+: a file is in the folder's place\. So nothing was sent to Cloudflare\./u,
    ],
  ];
  for (const [name, obstacle, text] of edits) {
    it(`is said of an edit, with where and what that means: ${name}, ${obstacle}`, async () => {
      putBack = await obstruct(join(await folder(), name), obstacle);
      await run(COMMANDS.editAlias, tool(), [], "find");
      const message = await told(text);
      deepEqual(await suite.account.puts(), []);
      deepEqual(message.buttons, ["Try Again"]);
      await restore();
      message.press("Try Again");
      await until(
        () => suite.account.putBodies(),
        (bodies) => bodies.length === 1,
      );
      await run(COMMANDS.undo);
    });
  }

  it("is told once of what was read last, and again after it could be kept", async () => {
    const { emulator, exports } = suite.account;
    const file = join(await folder(), "servers.json");
    const refreshed = async (name: string) => {
      await emulator.write({ server: "docs", patch: { name } });
      await run(COMMANDS.refresh);
      await until(
        () => serverRow(exports, name),
        (row) => row !== undefined,
      );
    };
    putBack = await obstruct(file, "folder");
    await refreshed("Docs 1");
    const message = await told(/^The next window starts empty\./u);
    match(
      message.text,
      /The latest data from Cloudflare couldn't be stored in .*\/servers\.json: a folder is in the file's place\. A new window shows nothing until Cloudflare has answered\.$/u,
    );
    await refreshed("Docs 2");
    await refreshed("Docs 3");
    deepEqual(
      suite.person.messages.map(({ text }) => text),
      [],
    );
    await restore();
    await refreshed("Docs");
    await ownFile(/accounts\/[^/]+\/servers\.json$/u);
  });

  it("is said of a sign-in, which then isn't one", async () => {
    const { emulator, exports } = suite.account;
    await run(COMMANDS.signOut);
    const file = await ownFile(new RegExp(`signIns/${emulator.accountId}\\.json$`, "u"));
    putBack = await obstruct(file, "folder");
    void run(COMMANDS.signIn, undefined, undefined, "environment");
    await told(
      /Your sign-in couldn't be stored in .*\.json: a folder is in the file's place\. No window uses the credential without it\./u,
    );
    equal(await serverRow(exports, "Docs"), undefined);
    await restore();
    await run(COMMANDS.signIn, undefined, undefined, "environment");
    await until(
      () => serverRow(exports, "Docs"),
      (row) => row !== undefined,
    );
  });
});
