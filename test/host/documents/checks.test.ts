import { deepEqual, equal, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { setUpSuite } from "../support/fixture.ts";
import { until } from "../support/screen.ts";

describe("A server's document, checked", () => {
  const suite = setUpSuite({ opensDocs: true });

  it("with errors is refused, and Problems shows them", async () => {
    await suite.editing.replaceAll(
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
      () => suite.editing.problems,
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
    equal(await suite.editing.save(), false);
    equal(suite.editing.document.isDirty, true);
    deepEqual(await suite.account.wire(), []);
  });

  it("that isn't JSON is refused", async () => {
    await suite.editing.replaceAll('{ "name": "Docs", ');
    equal(await suite.editing.save(), false);
    deepEqual(await suite.account.wire(), []);
  });

  it("gets syntax errors from VS Code's JSON service, and everything else from our checks", async () => {
    const byJson = () =>
      vscode.languages
        .getDiagnostics(suite.editing.document.uri)
        .filter(({ source }) => source !== "MCP Portals");
    await suite.editing.replace('"Docs",', "7");
    await until(byJson, (found) => found.length > 0);
    deepEqual(
      byJson().map(({ message, severity }) => [message, severity]),
      [["Expected comma", vscode.DiagnosticSeverity.Error]],
    );
    equal(await suite.editing.save(), false);
    deepEqual(await suite.account.wire(), []);
  });

  it("ignores other files, and says when its server doesn't exist", async () => {
    const { uri } = suite.editing.document;
    const gone = uri.with({ path: uri.path.replace("docs.", "gone.") });
    const failed = await vscode.workspace.fs.stat(gone).then(
      () => undefined,
      (error: vscode.FileSystemError) => error.code,
    );
    equal(failed, "FileNotFound");
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    if (folder === undefined) {
      throw new Error("There is no workspace.");
    }
    const own = vscode.Uri.joinPath(folder, "servers", "own.json");
    await vscode.workspace.fs.writeFile(own, new TextEncoder().encode('{ "name": 7 }'));
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(own));
    await suite.editing.replace('"Docs"', "7");
    await until(
      () => vscode.languages.getDiagnostics(uri).length,
      (count) => count > 0,
    );
    deepEqual(vscode.languages.getDiagnostics(own), []);
  });

  it("that Cloudflare refuses keeps its text, with the problem on the property", async () => {
    const body = JSON.stringify({
      success: false,
      errors: [{ code: 7001, message: "No such words", path: ["body", "name"] }],
      result: {},
    });
    await suite.account.emulator.set({
      faults: [{ kind: "body", status: 400, body, match: { method: "PUT" } }],
    });
    await suite.editing.replace('"Docs"', '"Rude"');
    equal(await suite.editing.save(), false);
    deepEqual(suite.editing.problems, ['"name" api/7001: No such words']);
    ok(suite.editing.document.isDirty && suite.editing.text.includes('"Rude"'));
    equal(await suite.editing.save(), true);
    await until(
      () => suite.editing.problems,
      (left) => left.length === 0,
    );
  });
});
