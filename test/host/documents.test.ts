import { deepEqual, equal, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS } from "../../src/contributions.ts";
import { Editing } from "./support/documents.ts";
import { Person } from "./support/person.ts";
import { until } from "./support/screen.ts";
import { type SignedIn, signIn } from "./support/signedIn.ts";

const run = (command: string, ...args: unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(command, ...args);

describe("A server's document", () => {
  let account: SignedIn;
  let person: Person;
  let editing: Editing;
  before(async () => {
    account = await signIn();
  });
  beforeEach(async () => {
    person = new Person();
    editing = await Editing.open(account, "docs");
    await account.emulator.clearLog();
  });
  afterEach(async () => {
    person.leave();
    await editing.close();
    await account.emulator.reset();
    await account.emulator.write({
      server: "docs",
      patch: { name: "Docs", updated_tools: [], updated_prompts: [] },
    });
    await run(COMMANDS.refresh);
  });
  after(() => account.signOut());

  const puts = async (): Promise<readonly unknown[]> => {
    const log = await account.emulator.log();
    return log.filter(({ method }) => method === "PUT").map(({ body }) => body);
  };
  const foreign = async (patch: Readonly<Record<string, unknown>>): Promise<void> => {
    await account.emulator.write({ server: "docs", patch });
    await run(COMMANDS.refresh);
  };

  it("isn't saved by anybody but the person, whatever auto save is set to", async () => {
    const files = vscode.workspace.getConfiguration("files");
    await files.update("autoSave", "afterDelay", vscode.ConfigurationTarget.Global);
    await files.update("autoSaveDelay", 10, vscode.ConfigurationTarget.Global);
    try {
      await editing.replace('"Docs"', '"Half ty');
      const other = await otherFile();
      await until(
        () => other.isDirty,
        (dirty) => !dirty,
      );
      equal(editing.document.isDirty, true);
      deepEqual(await account.wire(), []);
    } finally {
      await files.update("autoSave", undefined, vscode.ConfigurationTarget.Global);
      await files.update("autoSaveDelay", undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it("saves the smallest change, reads back, and shows the truth", async () => {
    await editing.replace('"get_page": { "enabled": true }', '"get_page":{"enabled":false}');
    equal(await editing.save(), true);
    deepEqual(await account.wire(), [
      "GET /servers/docs",
      'PUT /servers/docs {"updated_tools":[{"name":"get_page","enabled":false}]}',
      "GET /servers/docs",
    ]);
    await editing.untilText((text) => text.includes('"get_page": { "enabled": false }'));
    equal(editing.document.isDirty, false);
  });

  it("saves nothing when nothing means anything else", async () => {
    await editing.replace('"Docs",', '"Docs"  ,');
    equal(await editing.save(), true);
    deepEqual(await account.wire(), []);
    await editing.untilText((text) => text.includes('"Docs",'));
  });

  it("takes a removed entry for no override, and what is left out for no change", async () => {
    await foreign({ updated_tools: [{ name: "get_page", alias: "page" }] });
    await editing.untilText((text) => text.includes('"page"'));
    await editing.replace('"name": "Docs",', "");
    await editing.replace('"get_page": { "enabled": true, "alias": "page" },', "");
    equal(await editing.save(), true);
    deepEqual(await puts(), [{ updated_tools: [] }]);
  });

  it("follows the server while it is clean", async () => {
    await foreign({ name: "Documentation" });
    await editing.untilText((text) => text.includes('"Documentation"'));
    equal(editing.document.isDirty, false);
  });

  it("merges what somebody else saved meanwhile, says that there is something newer", async () => {
    await editing.replace('"get_page": { "enabled": true }', '"get_page": { "enabled": false }');
    await foreign({ updated_tools: [{ name: "search_docs", alias: "theirs" }] });
    const told = await person.message(/has changed at Cloudflare/);
    deepEqual(told.buttons, ["Show Differences"]);
    ok((await lenses()).some((title) => title.includes("Newer at Cloudflare")));
    ok(!editing.text.includes("theirs"));
    equal(await editing.save(), true);
    deepEqual(await puts(), [
      {
        updated_tools: [
          { name: "search_docs", alias: "theirs" },
          { name: "get_page", enabled: false },
        ],
      },
    ]);
    await editing.untilText((text) => text.includes("theirs") && text.includes("false }"));
    ok(!(await lenses()).some((title) => title.includes("Newer")));
  });

  it("merges what nobody here has seen yet, too", async () => {
    await editing.replace('"Docs"', '"Documentation"');
    await account.emulator.write({ server: "docs", patch: { description: "Theirs" } });
    equal(await editing.save(), true);
    deepEqual(await puts(), [{ name: "Documentation" }]);
    await editing.untilText((text) => text.includes("Theirs"));
  });

  it("asks where both changed the same, and keeps the text until it is decided", async () => {
    await editing.replace('"Docs"', '"Mine"');
    await account.emulator.write({ server: "docs", patch: { name: "Theirs" } });
    const saving = editing.save();
    await asked(/changed by somebody else too/);
    await run("workbench.action.closeQuickOpen");
    equal(await saving, false);
    ok(editing.document.isDirty && editing.text.includes('"Mine"'));
    deepEqual(await puts(), []);
    const again = editing.save();
    await asked(/changed by somebody else too/);
    await person.choose("Use Mine");
    equal(await again, true);
    deepEqual(await puts(), [{ name: "Mine" }]);
  });

  it("with errors is refused, and Problems shows them", async () => {
    await editing.replaceAll(
      JSON.stringify({
        name: "",
        colour: "red",
        description: "x".repeat(513),
        tools: {
          search_docs: { enabled: true, alias: "two words" },
          get_page: { alias: "search_docs", sort: 1 },
          nowhere: {},
        },
        prompts: {},
      }).replace('"prompts":', '"tools":{},"prompts":'),
    );
    const problems = await until(
      () => editing.problems,
      (found) => found.length >= 9,
    );
    deepEqual(problems.map((problem) => problem.replace(/^"x+"/u, '"xxx"')).sort(), [
      '"" document/length: A server needs a name.',
      '"alias" name/alias-duplicate: The alias "search_docs" is the name of another tool or prompt of this server.',
      '"alias" name/alias-format: An alias is made of letters and digits, with single hyphens or underscores between them.',
      '"alias" name/client-characters: docs_two words has characters that OpenAI and Anthropic refuse: they take letters, digits, _ and -.',
      '"colour" document/unknown-key: "colour" isn\'t defined here.',
      '"nowhere" document/unknown-name: This server has no tool "nowhere".',
      '"sort" document/unknown-key: "sort" isn\'t defined here.',
      '"tools" document/duplicate: "tools" is here twice.',
      '"xxx" document/length: At most 512 characters; this has 513.',
    ]);
    equal(await editing.save(), false);
    equal(editing.document.isDirty, true);
    deepEqual(await account.wire(), []);
  });

  it("that isn't JSON is refused", async () => {
    await editing.replaceAll('{ "name": "Docs", ');
    equal(await editing.save(), false);
    deepEqual(await account.wire(), []);
  });

  it("has JSON's own service beside our checks, with types and no more", async () => {
    const byJson = () =>
      vscode.languages
        .getDiagnostics(editing.document.uri)
        .filter(({ source }) => source !== "MCP Portals")
        .map(({ message }) => message);
    deepEqual(byJson(), []);
    await editing.replace('"Docs"', "7");
    await until(byJson, (found) => found.some((message) => message.includes("string")));
    equal(await editing.save(), false);
    deepEqual(await account.wire(), []);
  });

  it("leaves alone what isn't ours, and says of what isn't there that it isn't", async () => {
    const { uri } = editing.document;
    const gone = uri.with({ path: uri.path.replace("docs.", "gone.") });
    const failed = await vscode.workspace.fs.stat(gone).then(
      () => undefined,
      (error: vscode.FileSystemError) => error.code,
    );
    equal(failed, "FileNotFound");
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    if (folder === undefined) throw new Error("There is no workspace.");
    const own = vscode.Uri.joinPath(folder, "servers", "own.json");
    await vscode.workspace.fs.writeFile(own, new TextEncoder().encode('{ "name": 7 }'));
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(own));
    await editing.replace('"Docs"', "7");
    await until(
      () => vscode.languages.getDiagnostics(uri).length,
      (count) => count > 0,
    );
    deepEqual(vscode.languages.getDiagnostics(own), []);
  });

  it("that Cloudflare refuses stays as it is, with the problem on its property", async () => {
    const body = JSON.stringify({
      success: false,
      errors: [{ code: 7001, message: "No such words", path: ["body", "name"] }],
      result: {},
    });
    await account.emulator.set({
      faults: [{ kind: "body", status: 400, body, match: { method: "PUT" } }],
    });
    await editing.replace('"Docs"', '"Rude"');
    equal(await editing.save(), false);
    deepEqual(editing.problems, ['"name" api/7001: No such words']);
    ok(editing.document.isDirty && editing.text.includes('"Rude"'));
    equal(await editing.save(), true);
    await until(
      () => editing.problems,
      (left) => left.length === 0,
    );
  });

  it("that changes more than ten tools asks first, with the difference", async () => {
    const big = await Editing.open(account, "back-office");
    const before = big.text;
    const after = before.replace(/"enabled": true/gu, '"enabled": false');
    await big.replaceAll(after);
    const declined = big.save();
    await asked(/Save 140 changes/);
    await person.choose("Don't Save");
    equal(await declined, false);
    ok(big.document.isDirty && big.text === after);
    deepEqual(await puts(), []);
    ok(
      tabs().some((label) => label.includes("↔")),
      tabs().join(),
    );
    const accepted = big.save();
    await asked(/Save 140 changes/);
    await person.choose("Save");
    equal(await accepted, true);
    equal((await puts()).length, 1);
    await big.close();
  });

  it("keeps its text when the write fails, and saves it when asked again", async () => {
    await account.emulator.set({
      faults: [{ kind: "status", status: 503, match: { method: "PUT" } }],
    });
    await editing.replace('"Docs"', '"Documentation"');
    equal(await editing.save(), false);
    ok(editing.document.isDirty && editing.text.includes('"Documentation"'));
    equal(await editing.save(), true);
    await editing.untilText((text) => text.includes('"Documentation"'));
  });

  it("says what Cloudflare ignored, and shows what is there", async () => {
    await account.emulator.set({ all: { ignoreFields: ["name"] } });
    await editing.replace('"Docs"', '"Documentation"');
    equal(await editing.save(), true);
    const told = await person.message(/didn't take/);
    equal(told.text, 'Docs: Cloudflare didn\'t take name as "Documentation"; it is "Docs".');
    await editing.untilText((text) => text.includes('"Docs"'));
  });

  it("opens at the description of a tool, ready to be written over several lines", async () => {
    await foreign({ updated_tools: [{ name: "get_page", description: "One\nTwo" }] });
    const target = account.capability("tool", "docs", "get_page");
    await run(COMMANDS.editDescription, target);
    const editor = vscode.window.activeTextEditor;
    equal(editor?.document.getText(editor.selection), "One\\nTwo");
  });

  it("can be undone as any edit, and its save by Undo Last Change", async () => {
    await editing.replace('"Docs"', '"Documentation"');
    await run("undo");
    ok(editing.text.includes('"Docs"'));
    await editing.replace('"Docs"', '"Documentation"');
    await editing.save();
    await run(COMMANDS.undo);
    await editing.untilText((text) => text.includes('"Docs"'));
  });

  it("completes names that aren't there yet, and says of names what they are", async () => {
    await editing.replace('    "get_page": { "enabled": true },\n', '    "",\n');
    const at = editing.document.positionAt(editing.text.indexOf('"",') + 1);
    const { uri } = editing.document;
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      uri,
      at,
    );
    ok(list.items.some(({ label }) => label === "get_page"));
    ok(!list.items.some(({ label }) => label === "search_docs"));
    const said = await hover("search_docs");
    ok(
      said.some((text) => text.includes("docs")),
      said.join(),
    );
  });

  it("says of every property what it is for", async () => {
    for (const [property, words] of [
      ['"name"', /The server's name/],
      ['"prompts"', /prompts by their name at the upstream/],
      ['"enabled"', /Whether portals offer it/],
    ] as const) {
      await until(
        () => hover(property),
        (said) => said.some((text) => words.test(text)),
      );
    }
  });

  /** What is said of the first place where this stands. */
  async function hover(text: string): Promise<readonly string[]> {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      editing.document.uri,
      editing.document.positionAt(editing.text.indexOf(text)),
    );
    return hovers.flatMap(({ contents }) =>
      contents.map((content) => (typeof content === "string" ? content : content.value)),
    );
  }

  it("says above the server how it is", async () => {
    const [sync, enabled, synced] = await lenses();
    equal(sync, "$(sync) Sync");
    equal(enabled, "7 of 7 enabled");
    ok(synced?.startsWith("Last synced"), synced);
  });

  /** Waits for a list with this title, and forgets it. */
  async function asked(title: RegExp): Promise<void> {
    await until(
      () => person.inputs,
      (inputs) => inputs.some((input) => title.test(input)),
    );
    person.inputs.splice(0);
  }

  async function lenses(): Promise<readonly string[]> {
    const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      "vscode.executeCodeLensProvider",
      editing.document.uri,
    );
    return found.map(({ command }) => command?.title ?? "");
  }
});

describe("A document of 2,000 tools", () => {
  let account: SignedIn;
  before(async () => {
    account = await signIn("--servers", "1", "--tools", "2000");
  });
  after(() => account.signOut());

  it("opens, checks, and saves no more than the one tool that changed", async () => {
    const [server] = (await account.exports.tree.getChildren()) ?? [];
    if (server?.kind !== "server") throw new Error("There is no server.");
    const editing = await Editing.open(account, server.serverId);
    const [, name] = /"([^"]+)": \{ "enabled": true/.exec(editing.document.getText()) ?? [];
    await account.emulator.clearLog();
    await editing.replace('"enabled": true', '"enabled": false');
    equal(await editing.save(), true);
    deepEqual(await account.wire(), [
      `GET /servers/${server.serverId}`,
      `PUT /servers/${server.serverId} {"updated_tools":[{"name":"${name}","enabled":false}]}`,
      `GET /servers/${server.serverId}`,
    ]);
    await editing.close();
  });
});

describe("A document of a read-only account", () => {
  let account: SignedIn;
  before(async () => {
    account = await signIn();
  });
  after(() => account.signOut());

  it("is read-only as soon as that is known", async () => {
    const editing = await Editing.open(account, "docs");
    await account.emulator.set({
      faults: [{ kind: "status", status: 403, code: 10000, match: { method: "PUT" } }],
    });
    const person = new Person();
    await run(COMMANDS.disable, account.capability("tool", "docs", "get_page"));
    await person.message(/wasn't saved/);
    person.leave();
    const { permissions } = await vscode.workspace.fs.stat(editing.document.uri);
    equal(permissions, vscode.FilePermission.Readonly);
    await editing.close();
  });
});

function tabs(): readonly string[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));
}

/** A file of the workspace with a change of its own: that it is saved shows that auto save is on. */
async function otherFile(): Promise<vscode.TextDocument> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (folder === undefined) throw new Error("There is no workspace.");
  const uri = vscode.Uri.joinPath(folder, "other.txt");
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode("one"));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, {
    preview: false,
    viewColumn: vscode.ViewColumn.Beside,
  });
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, new vscode.Position(0, 0), "two ");
  await vscode.workspace.applyEdit(edit);
  return document;
}
