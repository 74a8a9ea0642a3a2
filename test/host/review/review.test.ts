import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS, REVIEW_SCHEME } from "../../../src/manifest.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { reviewOf, serverRow, until } from "../support/screen.ts";

const SEARCH = {
  name: "search_docs",
  description: "Searches the docs",
  inputSchema: { type: "object", properties: { query: { type: "string" } } },
};
const GET = { name: "get_page", description: "Reads a page", inputSchema: { type: "object" } };

describe("Reviewing what changed behind anybody's back", () => {
  const { account, person } = setUpSuite({ afterEach: closeEditors });

  async function offer(...tools: readonly object[]): Promise<void> {
    await account.emulator.write({ server: "docs", patch: { tools, prompts: [] } });
    await run(COMMANDS.refresh);
  }

  /** Docs offers these, and all of it is accepted. */
  async function accepted(...tools: readonly object[]): Promise<void> {
    let count = 0;
    // The first look may come after the first of these, and would find nothing new.
    await until(
      async () => {
        count += 1;
        await offer({ ...GET, name: `other_${count}` });
        return reviewed();
      },
      (rows) => rows.length > 0,
    );
    await offer(...tools);
    await run(COMMANDS.acceptChanges, docs());
    await nothingWaits();
  }

  const docs = () => account.server("docs");
  const tool = (name: string) => account.capability("tool", "docs", name);
  const reviewed = () => reviewOf(account.exports);
  const nothingWaits = () => until(reviewed, (rows) => rows.length === 0);
  const waits = (count: number) => until(reviewed, ([first]) => first?.children?.length === count);

  it("makes no noise at the first look at a server", async () => {
    await nothingWaits();
    equal(account.exports.review()?.view.badge, undefined);
  });

  it("shows one changed description, as a diff, until it is accepted", async () => {
    await accepted(SEARCH, GET);
    await offer({ ...SEARCH, description: "Searches by meaning" }, GET);
    deepEqual(await waits(1), [
      {
        label: "Docs",
        description: "1 changed",
        children: [{ label: "search_docs", description: "description" }],
      },
    ]);
    equal((await serverRow(account.exports, "Docs"))?.description, "1 changed · 2 tools");
    equal(account.exports.review()?.view.badge?.value, 1);
    equal(account.exports.review()?.view.description, "1 change");

    await run(COMMANDS.reviewChanges, tool("search_docs"));
    const { original, modified } = await diffShown();
    const [before, after] = await Promise.all([textOf(original), textOf(modified)]);
    ok(before.includes('"description": "Searches the docs"'), before);
    ok(after.includes('"description": "Searches by meaning"'), after);
    equal(before.replace("Searches the docs", "Searches by meaning"), after);
    const shown = await vscode.workspace.openTextDocument(modified);
    equal(vscode.workspace.getConfiguration("editor", shown).get("wordWrap"), "on");

    await run(COMMANDS.acceptChanges, tool("search_docs"));
    await nothingWaits();
    equal((await serverRow(account.exports, "Docs"))?.description, "2 tools");
    await until(
      () => textOf(original),
      (text) => text === after,
    );
  });

  it("says what is new, gone, renamed and changed, what may do more first", async () => {
    await accepted(SEARCH, GET, { ...GET, name: "old", description: "Lists the open sections" });
    await offer(
      {
        ...SEARCH,
        inputSchema: { type: "object", properties: {} },
        annotations: { destructiveHint: true },
      },
      { ...GET, name: "delete_page", description: "Deletes everything" },
      { ...GET, name: "sections", description: "Lists the open sections" },
    );
    const [row] = await waits(4);
    deepEqual(row, {
      label: "Docs",
      description: "1 new, 1 gone, 1 renamed, 1 changed",
      children: [
        {
          label: "search_docs",
          description: "destructiveHint was not set and is true, parameter query is gone",
        },
        { label: "delete_page", description: "new" },
        { label: "sections", description: "probably old before" },
        { label: "get_page", description: "gone" },
      ],
    });
    const asking = run(COMMANDS.acceptChanges);
    const offered = await person.offered();
    deepEqual(
      offered.map((item) => [item.label, item.description]),
      [["Docs", row?.description]],
    );
    await person.dismissOffered();
    await asking;
    await run(COMMANDS.reviewChanges, docs());
    const tab = await until(
      () => vscode.window.tabGroups.activeTabGroup.activeTab?.label,
      (label) => label?.startsWith("Docs: changes to review") ?? false,
    );
    ok(tab);
    await run(COMMANDS.acceptChanges, docs());
    await nothingWaits();
  });

  it("leaves nothing of a sync on the row, once what it brought is accepted", async () => {
    await accepted(SEARCH, GET);
    await run(COMMANDS.syncServer, docs());
    const [row] = await until(reviewed, (rows) => rows.length > 0);
    const before = (await serverRow(account.exports, "Docs"))?.description;
    ok(before?.startsWith(`${row?.description} · `), before);
    await run(COMMANDS.acceptChanges, docs());
    await nothingWaits();
    const after = (await serverRow(account.exports, "Docs"))?.description ?? "";
    match(after, /^(?:\d+ tools, \d+ prompts|\d+ of \d+ enabled)$/u);
  });

  it("accepts one change and keeps the others", async () => {
    await accepted(SEARCH, GET);
    await offer({ ...SEARCH, description: "One" }, { ...GET, description: "Two" });
    await waits(2);
    await run(COMMANDS.acceptChanges, tool("get_page"));
    const [row] = await waits(1);
    deepEqual(
      row?.children?.map(({ label }) => label),
      ["search_docs"],
    );
  });

  it("turns off what is new or changed with one write, which can be undone", async () => {
    await accepted(SEARCH, GET);
    await offer({ ...SEARCH, description: "One" }, { ...GET, name: "new_tool", description: "X" });
    await waits(3);
    await account.emulator.clearLog();
    await run(COMMANDS.disableChanged, docs());
    deepEqual(await account.putBodies(), [
      {
        updated_tools: [
          { name: "search_docs", enabled: false },
          { name: "new_tool", enabled: false },
        ],
      },
    ]);
    const [row] = await waits(3);
    deepEqual(
      row?.children?.map(({ label, description }) => `${label}: ${description}`),
      ["new_tool: new · disabled", "get_page: gone", "search_docs: description · disabled"],
    );
    await account.emulator.clearLog();
    await run(COMMANDS.selectTools, docs(), [docs()], "is:new\nenable");
    deepEqual(await account.putBodies(), [
      {
        updated_tools: [
          { name: "search_docs", enabled: false },
          { name: "new_tool", enabled: true },
        ],
      },
    ]);
    await run(COMMANDS.undo);
    await run(COMMANDS.undo);
    await until(
      async () => (await serverRow(account.exports, "Docs"))?.description,
      (text) => text === "1 new, 1 gone, 1 changed · 2 tools",
    );
    await run(COMMANDS.acceptChanges, docs());
    await nothingWaits();
  });
});

async function closeEditors(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
}

async function textOf(uri: vscode.Uri): Promise<string> {
  return (await vscode.workspace.openTextDocument(uri)).getText();
}

function diffShown(): Promise<vscode.TabInputTextDiff> {
  return until(
    () => vscode.window.tabGroups.activeTabGroup.activeTab?.input,
    (input) => input instanceof vscode.TabInputTextDiff && input.modified.scheme === REVIEW_SCHEME,
  ) as Promise<vscode.TabInputTextDiff>;
}
