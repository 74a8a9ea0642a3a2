import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS, TRIAL_COMMANDS, TRIAL_SCHEME } from "../../../src/manifest.ts";
import type { Row } from "../../../src/target.ts";
import { setUpSuite } from "../support/fixture.ts";
import { Replacements } from "../support/replacements.ts";
import { run } from "../support/run.ts";
import { until } from "../support/screen.ts";
import { connectText, letBotsInto } from "../support/serviceTokens.ts";

interface Invocation {
  readonly name: string;
  readonly input: unknown;
}

describe("Try Tool…", () => {
  const { account, person } = setUpSuite();
  const replacements = new Replacements();
  const invoked: Invocation[] = [];
  /** What VS Code answers in place of the real call; undefined for the real one. */
  let answer: (() => Promise<vscode.LanguageModelToolResult>) | undefined;

  before(async () => {
    const client = await letBotsInto(account.emulator, ["Support", "Tickets"]);
    replacements.replace(
      vscode.lm,
      "invokeTool",
      (real) => (name: string, options: vscode.LanguageModelToolInvocationOptions<object>) => {
        invoked.push({ name, input: options.input });
        return answer === undefined ? real.call(vscode.lm, name, options) : answer();
      },
    );
    const support = { kind: "portal", accountId: account.emulator.accountId, portalId: "support" };
    await run(COMMANDS.connectPortal, support, undefined, connectText("allTools", client));
  });
  after(async () => {
    replacements.end();
    await run(COMMANDS.disconnectPortal, {
      kind: "portal",
      accountId: account.emulator.accountId,
      portalId: "support",
    });
    await run("workbench.action.closeAllEditors");
  });
  beforeEach(() => {
    invoked.length = 0;
    answer = undefined;
  });

  const tool = (name: string): Row => ({
    kind: "tool",
    accountId: account.emulator.accountId,
    portalId: "support",
    serverId: "tickets",
    name,
  });
  async function open(name: string): Promise<vscode.TextDocument> {
    await run(COMMANDS.tryTool, tool(name));
    const editor = vscode.window.activeTextEditor;
    ok(editor !== undefined);
    equal(editor.document.uri.scheme, TRIAL_SCHEME);
    return editor.document;
  }
  async function write(document: vscode.TextDocument, text: string): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
    await vscode.workspace.applyEdit(edit);
  }
  const resultOf = (name: string): string =>
    vscode.workspace.textDocuments
      .filter(({ uri }) => uri.scheme === TRIAL_SCHEME && uri.path.endsWith("result.txt"))
      .map((document) => document.getText())
      .find((text) => text.startsWith(`${name} · `)) ?? "";
  const answering =
    (...parts: readonly (vscode.LanguageModelTextPart | vscode.LanguageModelDataPart)[]) =>
    async () =>
      new vscode.LanguageModelToolResult([...parts]);

  it("fills in what is required, completes the rest, and offers to run it", async () => {
    const document = await open("move_ticket");
    const required = JSON.parse(document.getText()) as object;
    ok(Object.keys(required).length > 0);
    await write(document, "{\n  \n}\n");
    const list = await run<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      new vscode.Position(1, 2),
    );
    const labels = list.items
      .filter(({ detail }) => detail === "Required")
      .map(({ label }) => label);
    deepEqual([...labels].sort(), Object.keys(required).sort());
    const lenses = await run<vscode.CodeLens[]>("vscode.executeCodeLensProvider", document.uri);
    deepEqual(
      lenses.map(({ command }) => command?.title),
      ["Run"],
    );
  });

  it("is in memory alone, saved by itself before a backup would be made", async () => {
    const document = await open("get_ticket");
    await write(document, '{ "key": "secret" }');
    await until(
      () => document.isDirty,
      (isDirty) => !isDirty,
    );
    equal(document.uri.scheme, TRIAL_SCHEME);
  });

  it("calls the real tool through VS Code, and holds structured content against its schema", async () => {
    const document = await open("search_tickets");
    await run(TRIAL_COMMANDS.run, document.uri.toString());
    const text = await until(
      () => resultOf("search_tickets"),
      (shown) => shown !== "",
    );
    match(invoked[0]?.name ?? "", /^mcp_.*tickets_search_tickets$/u);
    match(text, /^search_tickets · \d+ ms\n/u);
    match(text, /Structured content, as the output schema says:\n\n\{/u);
  });

  it("says where structured content isn't as its schema says", async () => {
    const document = await open("search_tickets");
    answer = answering(new vscode.LanguageModelTextPart('{ "tickets": 7 }'));
    await run(TRIAL_COMMANDS.run, document.uri.toString());
    await until(
      () => resultOf("search_tickets"),
      (shown) =>
        shown.includes("isn't as the output schema says:") &&
        shown.includes("tickets: It isn't of the type array.") &&
        shown.includes('The property "total" is missing.'),
    );
  });

  it("shows text, pictures and failures, and runs an earlier call again", async () => {
    const document = await open("list_projects");
    const png = Uint8Array.from([137, 80, 78, 71]);
    answer = answering(
      new vscode.LanguageModelTextPart("Two projects"),
      vscode.LanguageModelDataPart.image(png, "image/png"),
    );
    await run(TRIAL_COMMANDS.run, document.uri.toString());
    match(resultOf("list_projects"), /\n\nTwo projects\n\nPictures: 1, opened beside\.\n$/u);
    const pictures = vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .filter(({ label }) => label === "1.png");
    equal(pictures.length, 1);

    answer = () => Promise.reject(new Error("The upstream is away."));
    await write(document, '{ "later": true }');
    await run(TRIAL_COMMANDS.run, document.uri.toString());
    await until(
      () => resultOf("list_projects"),
      (shown) => /The call failed:\n\nThe upstream is away\./u.test(shown),
    );

    answer = answering(new vscode.LanguageModelTextPart("Again"));
    invoked.length = 0;
    const done = run(TRIAL_COMMANDS.again, document.uri.toString());
    const earlier = (await person.offered()).find(({ description }) =>
      description?.startsWith("answered"),
    );
    await person.choose(`${earlier?.label} ${earlier?.description}`);
    await done;
    deepEqual(invoked[0]?.input, {});
    await until(
      () => resultOf("list_projects"),
      (shown) => shown.includes("Again"),
    );
    equal(JSON.stringify(JSON.parse(document.getText())), "{}");
  });

  it("shows no tool's result beside another tool, and a tool's own again", async () => {
    await run("workbench.action.closeAllEditors");
    const results = (): readonly string[] =>
      vscode.window.tabGroups.all
        .flatMap(({ tabs }) => tabs)
        .map(({ label }) => label)
        .filter((label) => !label.endsWith(".mcp-arguments.json"))
        .sort();
    const untilBeside = (...labels: readonly string[]) =>
      until(results, (shown) => shown.join() === labels.join());
    const png = Uint8Array.from([137, 80, 78, 71]);
    answer = answering(
      new vscode.LanguageModelTextPart("Two projects"),
      vscode.LanguageModelDataPart.image(png, "image/png"),
    );
    const first = await open("list_projects");
    await run(TRIAL_COMMANDS.run, first.uri.toString());
    await untilBeside("1.png", "list_projects.result.txt");

    const second = await open("list_sprints");
    await untilBeside();
    answer = answering(new vscode.LanguageModelTextPart("Two sprints"));
    await run(TRIAL_COMMANDS.run, second.uri.toString());
    await untilBeside("list_sprints.result.txt");

    await open("list_projects");
    await untilBeside("list_projects.result.txt");
    equal(vscode.window.activeTextEditor?.document.uri.toString(), first.uri.toString());
  });

  it("asks before a tool that may destroy something, and calls nothing where that is declined", async () => {
    const document = await open("delete_ticket");
    answer = answering(new vscode.LanguageModelTextPart("Gone"));
    const declined = run(TRIAL_COMMANDS.run, document.uri.toString());
    (await person.message(/^Run delete_ticket\?$/)).press("");
    await declined;
    deepEqual(invoked, []);
    const done = run(TRIAL_COMMANDS.run, document.uri.toString());
    (await person.message(/^Run delete_ticket\?$/)).press("Run");
    await done;
    equal(invoked.length, 1);
  });

  it("refuses what is no JSON object, and says what VS Code doesn't have", async () => {
    const document = await open("get_ticket");
    await write(document, "[1]");
    await run(TRIAL_COMMANDS.run, document.uri.toString());
    await person.message(/^The arguments have to be a JSON object\.$/);
    deepEqual(invoked, []);
    void run(COMMANDS.tryTool, { ...tool("get_order"), serverId: "shop" });
    const message = await person.message(/^VS Code doesn't have get_order of Support\.$/);
    deepEqual(message.buttons, ["Compare with the Live Portal"]);
  });
});
