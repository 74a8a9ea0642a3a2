import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS } from "../../../src/manifest.ts";
import type { Row as Node, PortalTarget } from "../../../src/target.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { portalTreeOf, type Row, readTooltip } from "../support/screen.ts";

describe("The make-up of a portal", () => {
  const { account, person } = setUpSuite({ freshEmulator: true });

  const portal = (portalId = "engineering"): PortalTarget => ({
    kind: "portal",
    accountId: account.emulator.accountId,
    portalId,
  });
  const mapping = (serverId: string, portalId = "engineering"): PortalTarget => ({
    kind: "mapping",
    accountId: account.emulator.accountId,
    portalId,
    serverId,
  });
  const act = (command: string, on?: Node, text?: string) => run(command, on, undefined, text);

  /** The tree down to the servers. */
  async function servers(): Promise<readonly string[]> {
    const line = ({ label, description }: Row) => `${label} (${description})`;
    const rows = await portalTreeOf(account.exports);
    return rows.flatMap((row) => [line(row), ...(row.children ?? []).map((m) => `  ${line(m)}`)]);
  }

  /** The servers that the one PUT has sent. */
  async function sent(): Promise<readonly string[]> {
    const [put, second] = await account.puts();
    equal(second, undefined);
    const body: { readonly servers: readonly { readonly server_id: string }[] } = JSON.parse(
      put?.replace(/^PUT \S+ /u, "") ?? "",
    );
    return body.servers.map(({ server_id }) => server_id);
  }

  it("gets servers, chosen from those that it doesn't have, in one write", async () => {
    const done = act(COMMANDS.attachServers, portal());
    const offered = await person.offered();
    ok(offered.every(({ label }) => label !== "Docs"));
    deepEqual(
      offered
        .filter(({ label }) => label === "Shop" || label === "Wiki")
        .map(({ description }) => description),
      ["https://shop.harborlane.example/mcp", "Error · https://wiki.harborlane.example/mcp"],
    );
    await person.toggle("Browser");
    await person.toggle("Shop");
    await person.accept();
    await done;
    deepEqual(await sent(), ["docs", "observability", "tickets", "browser", "shop"]);
    deepEqual((await servers()).slice(0, 6), [
      "Engineering (mcp.harborlane.example)",
      "  Browser (8 tools)",
      "  Docs (6 of 7 enabled)",
      "  Observability (10 of 12 enabled)",
      "  Shop (8 of 9 enabled)",
      "  Tickets (11 of 12 enabled)",
    ]);
  });

  it("says where the upstream's sign-in sends users back to, which can be copied", async () => {
    const attached = act(COMMANDS.attachServers, portal());
    await person.offered();
    await person.toggle("CRM");
    await person.accept();
    await attached;
    const uri = "https://mcp.harborlane.example/servers-callback";
    const node = mapping("crm");
    match(await readTooltip(account.exports.portals, node), /Redirect URI/u);
    await act(COMMANDS.copyRedirectUri, node);
    equal(await vscode.env.clipboard.readText(), uri);
  });

  it("loses a server after asking, and undo brings it back with its overrides", async () => {
    const before = await portalTreeOf(account.exports);
    const done = act(COMMANDS.detachServer, mapping("shop", "support"));
    const asked = await person.message(/^Remove Shop from Support\?$/u);
    deepEqual(asked.buttons, ["Remove"]);
    deepEqual(await account.wire(), []);
    asked.press("Remove");
    await done;
    deepEqual(await sent(), ["tickets"]);
    deepEqual((await servers()).slice(-2), [
      "Support (support-mcp.harborlane.example)",
      "  Tickets (12 tools)",
    ]);
    await run(COMMANDS.undo);
    deepEqual(await portalTreeOf(account.exports), before);
    await run(COMMANDS.refresh);
    deepEqual(await portalTreeOf(account.exports), before);
  });

  it("keeps what is on when new tools are kept off, and what is off when they are let through", async () => {
    await act(COMMANDS.keepNewToolsOff, mapping("docs"));
    equal((await servers())[1], "  Docs (6 of 7 enabled · new tools off)");
    await account.emulator.write({
      server: "docs",
      patch: { tools: [{ name: "search_docs" }, { name: "brand_new" }] },
    });
    await run(COMMANDS.refresh);
    equal((await servers())[1], "  Docs (3 of 5 enabled · new tools off)");
    await act(COMMANDS.letNewToolsThrough, mapping("docs"));
    equal((await servers())[1], "  Docs (3 of 5 enabled)");
  });

  it("says who signs in to a server, and changes that for several at once", async () => {
    await run(COMMANDS.useAdminCredential, mapping("docs"), [mapping("docs"), mapping("tickets")]);
    const [body] = await account.putBodies();
    const { servers: all } = body as { servers: { server_id: string; on_behalf: boolean }[] };
    deepEqual(
      all.map(({ server_id, on_behalf }) => [server_id, on_behalf]),
      [
        ["docs", false],
        ["observability", true],
        ["tickets", false],
      ],
    );
    await account.wire();
    await act(COMMANDS.requireUserAuth, mapping("docs"));
    equal((await account.puts()).length, 1);
  });

  it("sets Code Mode, with the older switch beside it, and its name", async () => {
    await act(COMMANDS.setCodeMode, portal(), "enforced");
    deepEqual(await account.putBodies(), [{ code_mode: "enforced", allow_code_mode: true }]);
    await account.wire();
    await act(COMMANDS.editPortal, portal(), "Builders\nAll that builds");
    deepEqual(await account.putBodies(), [{ name: "Builders", description: "All that builds" }]);
    equal((await servers())[0], "Builders (mcp.harborlane.example)");
  });

  it("moves to another host and through Gateway, checked while it is typed", async () => {
    const done = act(COMMANDS.editPortal, portal());
    await person.untilAsked("Name", "Engineering");
    await person.enter();
    await person.enter();
    await person.untilAsked("Host: with another, clients have to connect anew");
    await person.type("support-mcp.harborlane.example");
    equal(await person.complaint(), "Support has this host already.");
    await person.type("tools.harborlane.example");
    await person.pick("Through Cloudflare Gateway, which logs and inspects it");
    await done;
    deepEqual(await account.putBodies(), [
      { hostname: "tools.harborlane.example", secure_web_gateway: true },
    ]);
    equal((await servers())[0], "Engineering (tools.harborlane.example)");
  });

  it("begins without servers, at a host that no other portal has", async () => {
    const taken = { id: "team", name: "Team", hostname: "MCP.harborlane.example" };
    await act(COMMANDS.addPortal, undefined, JSON.stringify(taken));
    await person.message(/Engineering has this host already/u);
    deepEqual(await account.wire(), []);
    const done = act(COMMANDS.addPortal);
    await person.type("Help desk");
    await person.untilAsked("Id; it can't be changed later", "help-desk");
    await person.enter();
    await person.type("desk.harborlane.example");
    await person.type("For the desk");
    await done;
    deepEqual(
      (await account.wire()).filter((line) => line.startsWith("POST")),
      [
        'POST /portals {"id":"help-desk","name":"Help desk","hostname":"desk.harborlane.example","description":"For the desk"}',
      ],
    );
    ok((await servers()).includes("Help desk (no servers)"));
  });

  it("is cloned with its servers and overrides, at a host of its own, after the form has said that this can't be undone", async () => {
    const done = act(COMMANDS.clonePortal, portal("support"));
    await person.untilAsked("Name, as people see it", "Copy of Support");
    await person.type("Help desk");
    await person.untilAsked("Id; it can't be changed later", "help-desk");
    await person.enter();
    await person.type("support-mcp.harborlane.example");
    equal(await person.complaint(), "Support has this host already.");
    await person.type("desk.harborlane.example");
    await person.untilAsked(
      "Description; may be empty. Confirming adds the portal, which can't be undone, only deleted again",
    );
    await person.type("For the desk");
    await done;
    const rows = await portalTreeOf(account.exports);
    const [original, copy] = ["Support", "Help desk"].map(
      (label) => rows.find((row) => row.label === label)?.children,
    );
    deepEqual(copy, original);
    const [posted, second] = (await account.wire()).filter((line) => line.startsWith("POST"));
    equal(second, undefined);
    const body = JSON.parse(posted?.replace(/^POST \S+ /u, "") ?? "");
    deepEqual(
      [body.id, body.name, body.hostname, body.description, body.code_mode],
      ["help-desk", "Help desk", "desk.harborlane.example", "For the desk", "off"],
    );
  });

  it("goes after it was said that this can't be undone", async () => {
    const done = act(COMMANDS.deletePortal, portal("support"));
    const asked = await person.message(/^Delete Support from .* at Cloudflare\?$/u);
    deepEqual(asked.buttons, ["Delete"]);
    asked.press("Delete");
    await done;
    ok((await account.wire()).includes("DELETE /portals/support"));
    ok((await servers()).every((line) => !line.startsWith("Support")));
  });

  it("goes with others after one question, which one answer ends", async () => {
    const rows = ["engineering", "support"].map(portal);
    const isDeletion = (line: string) => line.startsWith("DELETE");
    const refused = run(COMMANDS.deletePortal, rows[0], rows);
    (await person.message(/^Delete 2 portals at Cloudflare\?$/u)).press("Cancel");
    await refused;
    deepEqual((await account.wire()).filter(isDeletion), []);

    const done = run(COMMANDS.deletePortal, rows[0], rows);
    const asked = await person.message(/^Delete 2 portals at Cloudflare\?$/u);
    ok(asked.detail.startsWith("Engineering, Support\n\n"), asked.detail);
    asked.press("Delete");
    await done;
    deepEqual((await account.wire()).filter(isDeletion), [
      "DELETE /portals/engineering",
      "DELETE /portals/support",
    ]);
  });
});
