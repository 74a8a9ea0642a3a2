import { deepEqual, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { until } from "../support/screen.ts";
import { clear, keepUnsaved, uriOf, write } from "./support/workspace.ts";

/** What VS Code's own JSON service marks. */
function marked(path: string, message: RegExp): Promise<unknown> {
  return until(
    () => vscode.languages.getDiagnostics(uriOf(path)).map((each) => each.message),
    (messages) => messages.some((each) => message.test(each)),
  );
}

async function opened(path: string, text: string): Promise<vscode.TextDocument> {
  await write(path, text);
  const { document } = await vscode.window.showTextDocument(uriOf(path), { preview: false });
  return document;
}

async function proposed(
  { uri }: vscode.TextDocument,
  at: vscode.Position,
): Promise<readonly string[]> {
  const list = await run<vscode.CompletionList>("vscode.executeCompletionItemProvider", uri, at);
  return list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
}

describe("Files in VS Code's JSON editor, without an account", () => {
  setUpSuite({ signedIn: false, afterEach: clear });
  keepUnsaved();

  it("are checked by the schema of a server, which allows comments", async () => {
    const path = "servers/docs.mcp-server.json";
    const document = await opened(
      path,
      '{\n  // Ours.\n  "nam": "Docs",\n  "secure_web_gateway": "yes",\n  "tools": {}\n}\n',
    );
    await marked(path, /Property nam is not allowed/u);
    await marked(path, /Incorrect type\. Expected "boolean"/u);
    deepEqual(
      vscode.languages
        .getDiagnostics(document.uri)
        .filter(({ message, source }) => /comment/iu.test(message) || source === "MCP Portals"),
      [],
    );
  });

  it("complete the properties of a server and the values of a property", async () => {
    const document = await opened(
      "servers/docs.mcp-server.json",
      '{\n  "name": "Docs",\n  "auth_type": \n}\n',
    );
    await until(
      () => proposed(document, new vscode.Position(1, 2)),
      (labels) => labels.includes("hostname") && labels.includes("tools"),
    );
    await until(
      () => proposed(document, new vscode.Position(2, 15)),
      (labels) =>
        ['"bearer"', '"oauth"', '"unauthenticated"'].every((each) => labels.includes(each)),
    );
  });

  it("are checked by the schema of a portal, down to a tool of one of its servers", async () => {
    const path = "portals/engineering.mcp-portal.json";
    await opened(
      path,
      '{ "servers": { "docs": { "tools": { "search": { "alia": "look", "enabled": 1 } } } } }\n',
    );
    await marked(path, /Property alia is not allowed/u);
    await marked(path, /Incorrect type\. Expected "boolean"/u);
  });

  it("are checked where they lock what was accepted, or waive a problem", async () => {
    await opened("mcp-portals.lock.json", '{ "version": 2, "account": "x" }\n');
    await marked("mcp-portals.lock.json", /Missing property "accepted"/u);
    await marked("mcp-portals.lock.json", /Value must be 1/u);
    const waivers = await opened("mcp-portals.waivers.json", '{ "waiver": [] }\n');
    const messages = await until(
      () => vscode.languages.getDiagnostics(waivers.uri),
      (found) => found.length > 0,
    );
    ok(messages.some(({ message }) => /waiver/u.test(message)));
  });
});
