import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS } from "../../../src/manifest.ts";
import { readToPage } from "../../../src/pages/reach/protocol.ts";
import type { Row } from "../../../src/target.ts";
import { setUpSuite } from "../support/fixture.ts";
import { OpenedPages } from "../support/pages.ts";
import { Replacements } from "../support/replacements.ts";
import { run } from "../support/run.ts";
import { until } from "../support/screen.ts";
import { connectText, letBotsInto, type ServiceClient } from "../support/serviceTokens.ts";

describe("Connecting VS Code to a portal", () => {
  const { account, person } = setUpSuite();
  let client: ServiceClient;

  before(async () => {
    client = await letBotsInto(account.emulator, ["Support", "Tickets"]);
  });
  afterEach(async () => {
    await run(COMMANDS.disconnectPortal, support());
    await untilNoneIsLeft();
  });

  const support = (): Row => ({
    kind: "portal",
    accountId: account.emulator.accountId,
    portalId: "support",
  });

  it("asks what VS Code should get and how it signs in, and then VS Code has its tools", async () => {
    const done = run(COMMANDS.connectPortal, support());
    await person.pick("all tools");
    await person.pick("With a service token");
    await person.type("with a space");
    equal(
      await person.complaint(),
      "Letters, digits and signs without spaces, as Cloudflare showed it.",
    );
    await person.type(client.id);
    await person.type(client.secret);
    await done;
    const names = await until(liveTools, (live) => live.includes("tickets_search_tickets"));
    // Its users sign in to Shop themselves, which a service token can't.
    ok(!names.some((name) => name.startsWith("shop_")));
    ok(names.includes("portal_list_servers"));
    const tool = vscode.lm.tools.find(({ name }) => name.endsWith("tickets_search_tickets"));
    equal(tool?.description, "Finds tickets by text, state, assignee or label, the newest first.");
  });

  it("tries again where VS Code refuses, as it does while it takes in newer definitions", async () => {
    const replacements = new Replacements();
    const refused: string[] = [];
    replacements.replace(
      vscode.commands,
      "executeCommand",
      (real) =>
        async (command: string, ...rest: readonly unknown[]) => {
          if (command === "workbench.mcp.startServer" && refused.length === 0) {
            refused.push(String(rest[0]));
            throw new Error("Collection or definition not found");
          }
          return real(command, ...rest);
        },
    );
    try {
      await run(COMMANDS.connectPortal, support(), undefined, connection("allTools"));
      deepEqual(refused, ["mcp-portals.mcp-portals/Support"]);
      await until(liveTools, (live) => live.includes("tickets_search_tickets"));
    } finally {
      replacements.end();
    }
  });

  it("gives VS Code the two tools of a way that looks the others up", async () => {
    await run(COMMANDS.connectPortal, support(), undefined, connection("searchAndExecute"));
    const names = await until(liveTools, (live) => live.includes("portal_execute"));
    deepEqual(names.filter((name) => !isNative(name)).sort(), [
      "portal_execute",
      "portal_query_tools",
    ]);
  });

  it("is taken back, and VS Code has none of its tools any more", async () => {
    await run(COMMANDS.connectPortal, support(), undefined, connection("allTools"));
    await until(liveTools, (live) => live.includes("tickets_search_tickets"));
    const done = run(COMMANDS.disconnectPortal);
    await person.toggle("Support support-mcp.harborlane.example");
    await person.accept();
    await done;
    await untilNoneIsLeft();
    await run(COMMANDS.disconnectPortal, support());
    await person.message(/^VS Code isn't connected to Support\.$/);
  });

  it("is known to have old names once they have changed, of which the page of links tells", async () => {
    const pages = new OpenedPages();
    pages.arrive();
    try {
      await run(COMMANDS.connectPortal, support(), undefined, connection("allTools"));
      await until(liveTools, (live) => live.includes("tickets_search_tickets"));
      await run(COMMANDS.explain, support());
      const session = () => {
        const message = readToPage(pages.all[0]?.posted.at(-1));
        return message?.type === "chain"
          ? message.links.find(({ id }) => id === "session")?.found[0]?.sentence
          : undefined;
      };
      await until(session, (sentence) => sentence?.includes("Ask them to reconnect") === true);
      const question = { email: "", serviceToken: "", client: "vscode" };
      pages.all[0]?.speak({ type: "ask", question });
      const holds = "VS Code connected to Support after names and descriptions changed last.";
      await until(session, (sentence) => sentence === holds);
      const patch = { updated_tools: [{ name: "get_ticket", alias: "read_ticket" }] };
      await account.emulator.write({ server: "tickets", patch });
      await run(COMMANDS.refresh);
      const broken =
        "VS Code connected to Support before names or descriptions changed. Restart the server there.";
      await until(session, (sentence) => sentence === broken);
    } finally {
      pages.leave();
      await account.emulator.write({ server: "tickets", patch: { updated_tools: [] } });
    }
  });

  it("gives another client what its configuration needs, without a credential", async () => {
    const done = run(COMMANDS.copyConfiguration, support());
    await person.choose("Cursor .cursor/mcp.json");
    await done;
    const { mcpServers } = JSON.parse(await vscode.env.clipboard.readText()) as {
      readonly mcpServers: { readonly support: Readonly<Record<string, string>> };
    };
    // Portals of the emulator are on this machine; those of Cloudflare are at their host.
    deepEqual(Object.keys(mcpServers.support), ["url"]);
    match(mcpServers.support["url"] ?? "", /^http:\/\/127\.0\.0\.1:\d+\/.*support/u);
    await person.message(/^Copied Support for Cursor\. It belongs into \.cursor\/mcp\.json/u);
  });

  it("ends with the portal, and isn't there again with one of the same id", async () => {
    await run(COMMANDS.connectPortal, support(), undefined, connection("allTools"));
    await until(liveTools, (live) => live.includes("tickets_search_tickets"));
    await run(COMMANDS.deletePortal, support(), undefined, "support");
    await untilNoneIsLeft();
    const portal = { id: "support", name: "Support", hostname: "support-mcp.harborlane.example" };
    await run(COMMANDS.addPortal, undefined, undefined, JSON.stringify(portal));
    await run(COMMANDS.disconnectPortal, support());
    await person.message(/^VS Code isn't connected to Support\.$/);
  });

  const connection = (way: string): string => connectText(way, client);
});

/** The tools that VS Code has of portals, by the portal's names. Versions differ in the prefix. */
function liveTools(): readonly string[] {
  return vscode.lm.tools.flatMap(({ name }) => /(?:tickets|shop|portal)_\w+$/u.exec(name) ?? []);
}

async function untilNoneIsLeft(): Promise<void> {
  await until(liveTools, (live) => live.length === 0);
}

function isNative(name: string): boolean {
  return /^portal_(?:list_servers|toggle_\w+)$/u.test(name);
}
