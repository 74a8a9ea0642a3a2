import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as vscode from "vscode";
import {
  ASSISTANT_TOOLS,
  type AssistantToolName,
  assistantToolId,
} from "../../../src/domain/assistant/toolNames.ts";
import { ASSISTANT_TOOL_TABLE } from "../../../src/domain/assistant/toolTable.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { until } from "../support/screen.ts";

describe("The tools for assistants", () => {
  const { account } = setUpSuite();
  const { token } = new vscode.CancellationTokenSource();

  afterEach(async () => {
    await run("workbench.action.files.revert");
    await run("workbench.action.closeAllEditors");
  });

  const toolOf = (name: AssistantToolName): vscode.LanguageModelTool<object> => {
    const tool = account.exports.assistant.get(name);
    ok(tool !== undefined);
    return tool;
  };
  async function call(name: AssistantToolName, input: object = {}): Promise<string> {
    const result = await toolOf(name).invoke({ input, toolInvocationToken: undefined }, token);
    const [part] = result?.content ?? [];
    ok(part instanceof vscode.LanguageModelTextPart);
    return part.value;
  }
  async function confirmation(name: AssistantToolName, input: object = {}): Promise<string> {
    const prepared = await toolOf(name).prepareInvocation?.({ input }, token);
    const message = prepared?.confirmationMessages?.message;
    return (typeof message === "object" ? message.value : (message ?? ""))
      .replaceAll("&nbsp;", " ")
      .replaceAll("\\", "");
  }

  it("are known to VS Code, as the table describes them", async () => {
    const known = await until(
      () => vscode.lm.tools.filter(({ name }) => name.startsWith("mcpPortals_")),
      (tools) => tools.length === ASSISTANT_TOOLS.length,
    );
    deepEqual(
      known.map(({ name, description }) => [name, description]).sort(),
      ASSISTANT_TOOLS.map((name) => [
        assistantToolId(name),
        ASSISTANT_TOOL_TABLE[name].description,
      ]).sort(),
    );
  });

  it("say what will be read before they are called", async () => {
    equal(
      await confirmation("read", { server: "docs" }),
      "The assistant reads the settings, tools and overrides of Docs.",
    );
    equal(
      await confirmation("problems"),
      "The assistant reads the problems of all servers and portals.",
    );
    match(await confirmation("explain", { portal: "Engineering" }), /policies of Engineering at/u);
    match(await confirmation("propose", { portal: "<b>x" }), /changes of .*x as a diff\. Nothing/u);
    for (const name of ASSISTANT_TOOLS) {
      ok((await confirmation(name)).startsWith("The assistant "), name);
    }
  });

  it("list and read servers, portals and definitions", async () => {
    const [first] = JSON.parse(await call("list")) as readonly {
      readonly servers: readonly { readonly id: string }[];
      readonly portals: readonly { readonly id: string; readonly servers: readonly string[] }[];
    }[];
    ok(first?.servers.some(({ id }) => id === "docs"));
    deepEqual(first?.portals.find(({ id }) => id === "support")?.servers, ["shop", "tickets"]);
    match(await call("read", { portal: "support" }), /"hostname": "support-mcp/u);
    const tool = JSON.parse(
      await call("read", { server: "Tickets", tool: "get_ticket" }),
    ) as object;
    ok("inputSchema" in tool);
  });

  it("tell problems, costs and what a client gets", async () => {
    const { count } = JSON.parse(await call("problems")) as { readonly count: number };
    ok(count > 0);
    match(await call("problems", { portal: "engineering" }), /"portal": "engineering"/u);
    match(await call("costs", { portal: "support" }), /"minimize_tools": ".*tokens/u);
    match(await call("costs", { server: "docs" }), /tokens/u);
    match(await call("clients", { server: "docs", client: "vscode" }), /"client": "VS Code"/u);
  });

  it("explain what users don't see", async () => {
    const { headline, links } = JSON.parse(await call("explain", { portal: "engineering" })) as {
      readonly headline: string;
      readonly links: readonly object[];
    };
    equal(headline, "Users don't see Docs: its Access application has no Allow policy.");
    equal(links.length, 10);
  });

  it("open a proposal as an unsaved diff, and write nothing", async () => {
    await account.wire();
    const changes = [
      { path: ["tools", "search_docs", "alias"], json: '"find_docs"' },
      { path: ["description"], json: '"For everybody"' },
    ];
    match(await call("propose", { server: "docs", changes }), /open as a diff and not saved/u);
    const document = vscode.workspace.textDocuments.find(
      ({ uri, isDirty }) => uri.path.endsWith("/servers/docs.mcp-server.json") && isDirty,
    );
    match(document?.getText() ?? "", /"alias": ?"find_docs"/u);
    ok(vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff);
    match(await call("propose", { server: "docs", changes }), /has unsaved changes/u);
    deepEqual(await account.puts(), []);
  });

  it("say what can't be saved of a proposal", async () => {
    const changes = [{ path: ["tools", "nobody", "enabled"], json: "false" }];
    match(
      await call("propose", { server: "docs", changes }),
      /can't be saved like this:\nLine \d+/u,
    );
  });

  it("answer what they can't understand in words", async () => {
    match(await call("read"), /^Give the id or name of a server or of a portal\.$/u);
    match(await call("read", { server: "__proto__" }), /^Nothing is called "__proto__"/u);
    match(await call("read", { server: "docs", portal: "support" }), /not both/u);
    match(await call("clients", { server: "docs", client: "x" }), /^Give a client: vscode/u);
    match(await call("explain", { portal: "support", target: "x" }), /nothing called "x"/u);
    for (const changes of [undefined, [], [7], [{ path: [] }], [{ path: ["a"], json: "{" }]]) {
      match(await call("propose", { server: "docs", changes }), /^(?:Give|Each|It isn't)/u);
    }
  });
});
