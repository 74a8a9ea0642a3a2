import { deepEqual, equal, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS, type Target } from "../../src/contributions.ts";
import { Person } from "./support/person.ts";
import { serverRow, until } from "./support/screen.ts";
import { type SignedIn, signIn } from "./support/signedIn.ts";

const run = (command: string, ...args: unknown[]): Thenable<unknown> =>
  vscode.commands.executeCommand(command, ...args);

describe("Edits", () => {
  let account: SignedIn;
  let person: Person;
  before(async () => {
    account = await signIn();
  });
  beforeEach(() => {
    person = new Person();
  });
  afterEach(async () => {
    person.leave();
    await account.emulator.reset();
    await account.emulator.clearLog();
  });
  after(() => account.signOut());

  const tool = (serverId: string, name: string): Target =>
    account.capability("tool", serverId, name);
  const puts = async (): Promise<readonly string[]> =>
    (await account.wire()).filter((line) => line.startsWith("PUT"));
  const overrides = async (serverId: string): Promise<unknown> => {
    const [{ servers }] = (await account.emulator.control("GET", "state")) as [
      { servers: readonly { id: string; updated_tools: unknown }[] },
    ];
    return servers.find(({ id }) => id === serverId)?.updated_tools;
  };

  it("keep what somebody else changed meanwhile on another tool", async () => {
    await account.emulator.write({
      server: "tickets",
      patch: { updated_tools: [{ name: "create_ticket", enabled: false }] },
    });
    await run(COMMANDS.editAlias, tool("tickets", "search_tickets"), [], "find");
    deepEqual(await puts(), [
      `PUT /servers/tickets ${JSON.stringify({
        updated_tools: [
          { name: "search_tickets", alias: "find" },
          { name: "create_ticket", enabled: false },
        ],
      })}`,
    ]);
  });

  it("ask where both changed the same, and nobody wins until the person has picked", async () => {
    await account.emulator.write({
      server: "tickets",
      patch: { updated_tools: [{ name: "search_tickets", alias: "theirs" }] },
    });
    await run(COMMANDS.editAlias, tool("tickets", "search_tickets"), [], "mine");
    deepEqual(await puts(), []);
    const told = await person.message(/alias of search_tickets/);
    equal(
      told.text,
      'Tickets: alias of search_tickets has become "theirs" meanwhile; yours is "mine".',
    );
    deepEqual(told.buttons, ["Use Mine", "Keep Theirs"]);
    told.press("Use Mine");
    await until(
      () => overrides("tickets"),
      (seen) => JSON.stringify(seen) === '[{"name":"search_tickets","alias":"mine"}]',
    );
  });

  it("that Cloudflare refuses go back to the truth, stand in Problems, and can be tried again", async () => {
    const body = JSON.stringify({
      success: false,
      errors: [{ code: 7001, message: "Too silly", path: ["body", "updated_tools", 0, "alias"] }],
      result: {},
    });
    await account.emulator.set({
      faults: [{ kind: "body", status: 400, body, match: { method: "PUT" } }],
    });
    await run(COMMANDS.editAlias, tool("tickets", "search_tickets"), [], "other");
    const told = await person.message(/wasn't saved/);
    ok(told.text.includes("alias of search_tickets"), told.text);
    equal((await rowOf("Tickets", "search_tickets"))?.label, "mine");
    deepEqual(refused(), ["tickets.mcp-server.json: api/7001 Too silly"]);
    told.press("Try Again");
    await until(
      () => rowOf("Tickets", "search_tickets"),
      (row) => row?.label === "other",
    );
    await until(refused, (left) => left.length === 0);
  });

  it("say what Cloudflare didn't take, and show what is there", async () => {
    await account.emulator.set({ all: { ignoreFields: ["updated_tools.alias"] } });
    await run(COMMANDS.editAlias, tool("docs", "get_page"), [], "page");
    const told = await person.message(/didn't take/);
    equal(told.text, 'Docs: Cloudflare didn\'t take alias of get_page as "page"; it is nothing.');
    equal((await rowOf("Docs", "get_page"))?.label, "get_page");
  });

  it("whose answer is lost count as saved when they are there", async () => {
    await account.emulator.set({
      faults: [{ kind: "reset", applied: true, match: { method: "PUT" } }],
    });
    await run(COMMANDS.editAlias, tool("docs", "get_page"), [], "page");
    equal((await rowOf("Docs", "get_page"))?.label, "page");
    deepEqual(person.messages, []);
  });

  it("that somebody elsewhere runs over are told once, with Apply Again", async () => {
    await account.emulator.write({ server: "docs", patch: { updated_tools: [] } });
    await run(COMMANDS.refresh);
    const told = await person.message(/changed to/);
    equal(
      told.text,
      'Docs: alias of get_page, which you saved as "page", has been changed to nothing elsewhere.',
    );
    told.press("Apply Again");
    await until(
      () => rowOf("Docs", "get_page"),
      (row) => row?.label === "page",
    );
    await run(COMMANDS.refresh);
    deepEqual(person.messages, []);
  });

  it("are undone step by step, and not over somebody's newer change", async () => {
    await run(COMMANDS.undo);
    equal((await rowOf("Docs", "get_page"))?.label, "get_page");
    await run(COMMANDS.editAlias, tool("docs", "get_page"), [], "first");
    await run(COMMANDS.editAlias, tool("docs", "get_page"), [], "second");
    await account.emulator.write({
      server: "docs",
      patch: { updated_tools: [{ name: "get_page", alias: "theirs" }] },
    });
    await run(COMMANDS.undo);
    const told = await person.message(/wasn't set back/);
    equal(
      told.text,
      'Docs: alias of get_page has been changed to "theirs" since, so it wasn\'t set back to "first".',
    );
    deepEqual(told.buttons, ["Undo Anyway", "Keep Theirs"]);
    equal((await rowOf("Docs", "get_page"))?.label, "theirs");
    told.press("Keep Theirs");
  });

  it("of a selection over several servers are one write a server and one step to undo", async () => {
    const selection = [account.server("browser"), tool("tickets", "search_tickets")];
    await run(COMMANDS.disable, selection[0], selection);
    equal((await puts()).length, 2);
    equal((await serverRow(account.exports, "Browser"))?.description, "0 of 8 enabled");
    await run(COMMANDS.undo);
    equal((await puts()).length, 2);
    equal((await serverRow(account.exports, "Browser"))?.description, "8 of 8 enabled");
    deepEqual(await overrides("browser"), []);
  });

  it("of many servers that fail are told in one message, with how many", async () => {
    const match = { method: "PUT", path: "/(docs|shop)$", count: 2 };
    await account.emulator.set({ faults: [{ kind: "status", status: 503, match }] });
    const servers = ["browser", "docs", "shop", "tickets", "observability"];
    const selection = servers.map((id) => account.server(id));
    await run(COMMANDS.disable, selection[0], selection);
    const told = await person.message(/weren't saved in full/);
    ok(told.text.startsWith("2 of 5 servers"), told.text);
    deepEqual(person.messages, []);
    equal((await puts()).length, 5);
    equal((await serverRow(account.exports, "Docs"))?.description, "7 of 7 enabled");
    told.press("Try Again");
    await until(
      () => serverRow(account.exports, "Docs"),
      (row) => row?.description === "0 of 7 enabled",
    );
    await run(COMMANDS.enable, selection[0], selection);
  });

  it("of a server's name and description go through the same way", async () => {
    await run(COMMANDS.editServer, account.server("browser"), [], "Web Browser\nOpens pages");
    deepEqual(await puts(), [
      'PUT /servers/browser {"name":"Web Browser","description":"Opens pages"}',
    ]);
    await run(COMMANDS.undo);
    ok(await serverRow(account.exports, "Browser"));
  });

  it("of a description: the upstream's own words mean none of ours", async () => {
    await run(COMMANDS.editDescription, tool("docs", "get_page"), [], "Fetch a page");
    ok((await puts())[0]?.includes('"description":"Fetch a page"'));
    await run(COMMANDS.editDescription, tool("docs", "get_page"), [], "");
    ok(!(await puts())[0]?.includes("description"));
  });

  it("copy the name under which clients see a tool", async () => {
    await run(COMMANDS.copyExposedName, tool("docs", "get_page"));
    equal(await vscode.env.clipboard.readText(), "docs_theirs");
  });

  it("add a server, sync it and show what came of it", async () => {
    const docs = await serverUrl("docs");
    const body = {
      id: "more-docs",
      name: "More Docs",
      hostname: docs,
      auth_type: "unauthenticated",
    };
    await run(COMMANDS.addServer, undefined, undefined, JSON.stringify(body));
    deepEqual(
      (await account.wire()).map((line) => line.split(" ").slice(0, 2).join(" ")),
      ["POST /servers", "POST /servers/more-docs/sync", "GET /servers/more-docs"],
    );
    equal((await person.message(/was added/)).text, "More Docs was added: 5 tools and 3 prompts.");
    ok(await serverRow(account.exports, "More Docs"));
  });

  it("add a server by hand: checked while typing, with an id out of the name", async () => {
    const done = run(COMMANDS.addServer);
    await person.type("Größe & Gewicht");
    await until(
      () => person.asked,
      (asked) => asked?.prompt.startsWith("Id") ?? false,
    );
    equal(person.asked?.value, "gro-e-gewicht");
    await person.type("Bad Id");
    equal(
      await person.complaint(),
      "An id is made of small letters and digits, with single hyphens between them.",
    );
    await person.type("weights");
    await person.type("not a url");
    ok((await person.complaint()).startsWith("The whole URL"));
    await person.type(await serverUrl("docs"));
    await person.pick("Not at all");
    await done;
    await person.message(/was added/);
    const [post] = await account.wire();
    ok(post?.includes('"id":"weights","name":"Größe & Gewicht"'), post);
    await run(COMMANDS.deleteServer, account.server("weights"), [], "weights");
  });

  it("refuse a server that the API would refuse, with the reason, and send nothing", async () => {
    for (const [change, reason] of [
      [{ id: "Bad Id" }, /small letters/],
      [{ id: "docs" }, /already/],
      [{ hostname: "docs" }, /whole URL/],
      [{ name: "x".repeat(351) }, /At most 350/],
    ] as const) {
      const body = { id: "new", name: "New", hostname: "https://a.b/mcp", auth_type: "oauth" };
      await run(COMMANDS.addServer, undefined, undefined, JSON.stringify({ ...body, ...change }));
      await person.message(reason);
    }
    deepEqual(await account.wire(), []);
  });

  it("delete a server, and nothing else with the key for it", async () => {
    await run(COMMANDS.deleteServer, tool("more-docs", "get_page"), [], "more-docs");
    deepEqual(await account.wire(), []);
    const done = run(COMMANDS.deleteServer, account.server("more-docs"));
    const asked = await person.message(/Delete More Docs/);
    deepEqual(asked.buttons, ["Delete", "Keep Definition and Delete"]);
    asked.press("Keep Definition and Delete");
    await done;
    const kept = vscode.window.activeTextEditor?.document.getText() ?? "";
    equal((JSON.parse(kept) as { id: string }).id, "more-docs");
    ok((await account.wire()).includes("DELETE /servers/more-docs"));
    equal(await serverRow(account.exports, "More Docs"), undefined);
    await run("workbench.action.revertAndCloseActiveEditor");
  });

  async function rowOf(server: string, name: string) {
    const row = await serverRow(account.exports, server);
    return row?.children
      ?.flatMap(({ children }) => children ?? [])
      .find(({ label, description }) => label === name || description === name);
  }

  async function serverUrl(serverId: string): Promise<string> {
    const [{ servers }] = (await account.emulator.control("GET", "state")) as [
      { servers: readonly { id: string; hostname: string }[] },
    ];
    return servers.find(({ id }) => id === serverId)?.hostname ?? "";
  }
});

/** Problems of a write that was refused. */
function refused(): readonly string[] {
  return vscode.languages.getDiagnostics().flatMap(([uri, diagnostics]) =>
    diagnostics.flatMap(({ source, code, message }) => {
      const id = typeof code === "object" ? code.value : code;
      return source === "MCP Portals" && String(id).startsWith("api/")
        ? [`${uri.path.split("/").at(-1)}: ${id} ${message}`]
        : [];
    }),
  );
}
