import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { LOCK_FILE } from "../../../src/domain/files/filePaths.ts";
import { lockText, readLock } from "../../../src/domain/review/lockFile.ts";
import { COMMANDS, SETTINGS } from "../../../src/manifest.ts";
import {
  clear,
  edit,
  folder,
  keepUnsaved,
  read,
  uriOf,
  write,
} from "../files/support/workspace.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { problems, reviewOf, serverRow, until } from "../support/screen.ts";

const GET = { name: "get_page", description: "Reads a page", inputSchema: { type: "object" } };
const SEARCH = { name: "search", description: "Searches", inputSchema: { type: "object" } };
const DELETE = { name: "delete_page", description: "Deletes", inputSchema: { type: "object" } };

/** What the file says instead of `GET`. */
const OTHER = "Fetches a page";

describe("The lock file of a workspace", () => {
  const suite = setUpSuite({
    freshEmulator: true,
    afterEach: async () => {
      await hold(undefined);
      await clear();
    },
  });
  const { account, person } = suite;
  keepUnsaved();

  async function offer(...tools: readonly object[]): Promise<void> {
    await account.emulator.write({ server: "docs", patch: { tools, prompts: [] } });
    await run(COMMANDS.refresh);
  }

  /** Docs offers these, and all of it is accepted on this machine. */
  async function accepted(...tools: readonly object[]): Promise<void> {
    await offer(...tools);
    await until(reviewed, (rows) => rows.length > 0);
    await run(COMMANDS.acceptChanges, account.server("docs"));
    await until(reviewed, (rows) => rows.length === 0);
    await account.emulator.clearLog();
  }

  /** The text of a file that has Docs and Shop as they are. */
  async function saved(): Promise<string> {
    await run(COMMANDS.saveToWorkspace, account.server("docs"), [
      account.server("docs"),
      account.server("shop"),
    ]);
    await until(view, ({ message }) => message !== undefined && message !== "");
    return read(LOCK_FILE);
  }

  const reviewed = () => reviewOf(account.exports);
  const view = () => {
    const { message, badge } = account.exports.review()?.view ?? {};
    return { message, count: badge?.value ?? 0 };
  };
  const rows = async () =>
    (await reviewed()).flatMap(({ children }) =>
      (children ?? []).map(({ label, description }) => `${label}: ${description}`),
    );
  const shows = (...expected: readonly string[]) =>
    until(rows, (seen) => JSON.stringify(seen) === JSON.stringify(expected));
  const docsRow = (description: string) =>
    until(
      async () => (await serverRow(account.exports, "Docs"))?.description,
      (text) => text === description,
    );
  const told = () => problems().filter((line) => line.startsWith(LOCK_FILE));

  it("decides what the Review view shows, and the view says so", async () => {
    await accepted(GET, SEARCH);
    const text = await saved();
    equal(view().message, `Compared with ${LOCK_FILE} of this workspace.`);
    await write(LOCK_FILE, text.replace(GET.description, OTHER));
    await shows("get_page: description");
    await run(COMMANDS.reviewChanges, account.capability("tool", "docs", "get_page"));
    const before = await leftSide();
    ok(before.includes(OTHER), before);
    deepEqual(told(), []);
  });

  it("takes what is accepted, in the lines of that server alone, and so does this machine", async () => {
    await accepted(GET, SEARCH);
    await saved();
    await offer({ ...GET, description: "Reads a whole page" }, SEARCH);
    await shows("get_page: description");
    const text = await read(LOCK_FILE);
    await run(COMMANDS.acceptChanges, account.server("docs"));
    await shows();
    const now = await read(LOCK_FILE);
    const [{ at }] = [JSON.parse(now).accepted.docs];
    equal(
      now,
      text
        .replace(GET.description, "Reads a whole page")
        .replace(/("docs": \{\n {6}"at": )"[^"]*"/u, `$1"${at}"`)
        .replace(
          /("docs": \{\n {6}"at": .*(?:\n {6}"prompts": .*)\n {6}"reviewed": )false/u,
          "$1true",
        ),
    );
    equal(now, canonical(now));
    await vscode.workspace.fs.delete(uriOf(LOCK_FILE));
    await until(view, ({ message }) => message === "");
    await shows();
  });

  it("is followed when a checkout changes it, brings it or takes it away", async () => {
    await accepted(GET);
    const text = await saved();
    await write(LOCK_FILE, text.replace(GET.description, OTHER));
    await shows("get_page: description");
    await write(LOCK_FILE, text);
    await shows();
    await vscode.workspace.fs.delete(uriOf(LOCK_FILE));
    await until(view, ({ message }) => message === "");
    await write(LOCK_FILE, text.replace(GET.description, OTHER));
    await shows("get_page: description");
    await vscode.workspace.fs.delete(uriOf(LOCK_FILE));
    await shows();
  });

  it("never causes a write, neither of itself nor by hold, and silences no problem", async () => {
    await accepted(GET);
    const text = await saved();
    await hold("newAndChanged");
    // VS Code reads a document again that an earlier suite left open; its text is that suite's until then.
    const found = await until(
      problems,
      (lines) =>
        !lines.some((line) => /^docs\.mcp-server\.json:.* document\/unknown-name: /u.test(line)),
    );
    // To the file this tool is new, which was accepted on this machine.
    const lock = JSON.parse(text);
    lock.accepted.docs.tools = {};
    const older = canonical(JSON.stringify(lock));
    await write(LOCK_FILE, older);
    await shows("get_page: new");
    await run(COMMANDS.refresh);
    deepEqual(await account.putBodies(), []);
    deepEqual(person.messages, []);
    deepEqual(problems(), found);
    equal(await read(LOCK_FILE), older);
  });

  it("turns nothing on that hold keeps off, which waits in the view until it is accepted", async () => {
    await accepted(GET);
    await saved();
    await hold("new");
    await offer(GET, DELETE);
    await docsRow("1 new · 1 of 2 enabled");
    const lock = JSON.parse(await read(LOCK_FILE));
    lock.accepted.docs.tools.delete_page = DELETE;
    const text = canonical(JSON.stringify(lock));
    await write(LOCK_FILE, text);
    await run(COMMANDS.refresh);
    await shows("delete_page: new · off until accepted");
    equal((await account.putBodies()).length, 1);
    await run(COMMANDS.acceptChanges, account.capability("tool", "docs", "delete_page"));
    await docsRow("2 tools");
    const bodies = await until(
      () => account.putBodies(),
      ({ length }) => length === 2,
    );
    deepEqual(bodies[1], { updated_tools: [] });
  });

  const broken: readonly (readonly [string, (text: string) => string, RegExp])[] = [
    [
      "has conflict markers",
      (text) => text.replace('  "accepted"', '<<<<<<< ours\n  "accepted"'),
      /^mcp-portals\.lock\.json:3 Error .*It has a merge conflict\. Resolve it, then try again\.$/u,
    ],
    [
      "is of a newer version",
      (text) => text.replace('"version": 1', '"version": 2'),
      /:1 Error .*A newer mcp-portals has written it\. Update this one\.$/u,
    ],
    [
      "was edited by hand into something else",
      (text) => text.replace('"reviewed": ', '"seen": '),
      /:1 Error .*It isn't as mcp-portals has written it\./u,
    ],
    [
      "is of an account that isn't signed in",
      (text) => text.replace(/("account": ")[^"]*/u, `$1${"f".repeat(32)}`),
      /:1 Information .*It is of account f{32}, which isn't signed in\.$/u,
    ],
    [
      "has 50 MB",
      (text) => text + " ".repeat(50_000_000),
      /:1 Error .*It is larger than any lock that mcp-portals writes\.$/u,
    ],
  ];
  for (const [what, change, sentence] of broken) {
    it(`that ${what} says so in Problems, stays as it is, and what is stored decides`, async () => {
      await accepted(GET);
      const text = change(await saved());
      await write(LOCK_FILE, text);
      const [line, ...more] = await until(told, (lines) => lines.length > 0);
      match(line ?? "", sentence);
      deepEqual(more, []);
      await until(view, ({ message }) => message === "");
      await offer({ ...GET, description: "Other" });
      await shows("get_page: description");
      await run(COMMANDS.acceptChanges, account.server("docs"));
      await shows();
      ok((await read(LOCK_FILE)) === text);
      deepEqual(await account.putBodies(), []);
      deepEqual(person.messages, []);
      await vscode.workspace.fs.delete(uriOf(LOCK_FILE));
      await until(told, (lines) => lines.length === 0);
    });
  }

  it("that can't be used any more takes nothing, and nothing is accepted", async () => {
    await accepted(GET);
    const text = await saved();
    await write(LOCK_FILE, text.replace(GET.description, OTHER));
    await shows("get_page: description");
    const document = await edit(LOCK_FILE, '  "accepted"', '=======\n  "accepted"');
    const done = run(COMMANDS.acceptChanges, account.server("docs"));
    const message = await person.message(/^Nothing was accepted\./u);
    match(message.text, /mcp-portals\.lock\.json:3: It has a merge conflict/u);
    message.press("Cancel");
    await done;
    await shows("get_page: description");
    ok(document.isDirty);
    ok((await read(LOCK_FILE)).includes(OTHER));
  });

  it("that can't be used any more takes back nothing that was accepted before its server", async () => {
    await accepted(GET);
    const text = await saved();
    await write(LOCK_FILE, text.replace(GET.description, OTHER));
    await account.emulator.write({ server: "tickets", patch: { tools: [SEARCH], prompts: [] } });
    await run(COMMANDS.refresh);
    await until(reviewed, (waiting) => waiting.length === 2);
    await edit(LOCK_FILE, '  "accepted"', '=======\n  "accepted"');
    const both = ["tickets", "docs"].map((id) => account.server(id));
    const done = run(COMMANDS.acceptChanges, both[0], both);
    const { text: told, press } = await person.message(/^Accepted/u);
    match(told, /^Accepted the changes of 1 of 2 servers\. The rest still waits in Review\. mcp-/u);
    press("Cancel");
    await done;
    await shows("get_page: description");
  });

  it("isn't the only one of its account where a folder below has another, which says so", async () => {
    await accepted(GET);
    const text = await saved();
    await write(`below/${LOCK_FILE}`, text.replace(GET.description, OTHER));
    const [line] = await until(told, (lines) => lines.length > 0);
    match(
      line ?? "",
      /Information .*Review goes by mcp-portals\.lock\.json, which is of the same/u,
    );
    await shows();
    await vscode.workspace.fs.delete(uriOf(LOCK_FILE));
    await shows("get_page: description");
    equal(view().message, `Compared with below/${LOCK_FILE} of this workspace.`);
    deepEqual(told(), []);
  });

  it("is found in a folder that is moved here, and gone with a folder that is moved away", async () => {
    await accepted(GET);
    const text = await saved();
    await vscode.workspace.fs.delete(uriOf(LOCK_FILE));
    await until(view, ({ message }) => message === "");
    const elsewhere = vscode.Uri.joinPath(folder(), "..", "elsewhere");
    const put = (content: string, ...path: readonly string[]) =>
      vscode.workspace.fs.writeFile(
        vscode.Uri.joinPath(elsewhere, ...path, LOCK_FILE),
        new TextEncoder().encode(content),
      );
    await put(text.replace(GET.description, OTHER), "deep", "down");
    // It would decide, as it isn't as deep.
    await put(text, "node_modules");
    await vscode.workspace.fs.rename(elsewhere, uriOf("here"));
    await shows("get_page: description");
    equal(view().message, `Compared with here/deep/down/${LOCK_FILE} of this workspace.`);
    await vscode.workspace.fs.rename(uriOf("here"), elsewhere);
    await until(view, ({ message }) => message === "");
    await shows();
    await vscode.workspace.fs.delete(elsewhere, { recursive: true });
  });

  it("leaves a server that it doesn't have to what is stored", async () => {
    await accepted(GET);
    const text = await saved();
    const lock = JSON.parse(text);
    delete lock.accepted.docs;
    await write(LOCK_FILE, canonical(JSON.stringify(lock)));
    await offer({ ...GET, description: "Other" });
    await shows("get_page: description");
    await run(COMMANDS.acceptChanges, account.server("docs"));
    await shows();
    equal(await read(LOCK_FILE), canonical(JSON.stringify(lock)));
  });

  it("isn't looked at in a workspace that nobody trusts", async () => {
    await accepted(GET);
    const text = await saved();
    let asked = 0;
    const trusted = Object.getOwnPropertyDescriptor(vscode.workspace, "isTrusted");
    Object.defineProperty(vscode.workspace, "isTrusted", {
      configurable: true,
      get: () => {
        asked += 1;
        return false;
      },
    });
    try {
      await write(LOCK_FILE, text.replace(GET.description, OTHER));
      await until(
        () => asked,
        (count) => count > 0,
      );
      await until(view, ({ message }) => message === "");
      await shows();
    } finally {
      Object.defineProperty(vscode.workspace, "isTrusted", trusted ?? {});
    }
  });
});

/** As our programs would write it. */
function canonical(text: string): string {
  const found = readLock(text);
  if ("problem" in found) {
    throw new Error(found.problem);
  }
  return lockText(found.lock);
}

async function leftSide(): Promise<string> {
  const input = await until(
    () => vscode.window.tabGroups.activeTabGroup.activeTab?.input,
    (shown) => shown instanceof vscode.TabInputTextDiff,
  );
  if (!(input instanceof vscode.TabInputTextDiff)) {
    throw new Error("No diff is open.");
  }
  return (await vscode.workspace.openTextDocument(input.original)).getText();
}

async function hold(mode: string | undefined): Promise<void> {
  const { Global } = vscode.ConfigurationTarget;
  await vscode.workspace.getConfiguration().update(SETTINGS.reviewHold, mode, Global);
}
