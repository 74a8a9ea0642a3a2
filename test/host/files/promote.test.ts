import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS } from "../../../src/manifest.ts";
import { pasteToken } from "../support/accounts.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { serverRow, until } from "../support/screen.ts";
import { addAccount, addServer, addToken } from "../support/tokens.ts";
import { clear, read, uriOf } from "./support/workspace.ts";

describe("Promoting servers and portals to others", () => {
  const { account, person } = setUpSuite({ freshEmulator: true, afterEach: clear });

  it("shows all overrides that it would copy, and copies them in one write", async () => {
    const portal = { kind: "portal", accountId: account.emulator.accountId, portalId: "support" };
    await account.emulator.write({
      portal: "support",
      patch: {
        servers: [
          {
            server_id: "docs",
            default_disabled: false,
            on_behalf: true,
            updated_tools: [{ name: "get_page", enabled: true, alias: "read_page" }],
            updated_prompts: [],
          },
        ],
      },
    });
    await account.emulator.write({
      portal: "engineering",
      patch: {
        servers: [
          {
            server_id: "docs",
            default_disabled: false,
            on_behalf: true,
            updated_tools: [],
            updated_prompts: [],
          },
        ],
      },
    });
    await run(COMMANDS.refresh);
    await account.emulator.clearLog();
    const done = run(COMMANDS.copyAllOverrides, portal);
    await person.choose("Engineering");
    const [apply] = await person.offered();
    equal(apply?.label, "Apply");
    deepEqual(await account.puts(), []);
    await person.choose("Apply");
    await done;
    const puts = await account.puts();
    equal(puts.length, 1, puts.join("\n"));
    ok(puts[0]?.startsWith("PUT /portals/engineering "), puts[0]);
    ok(puts[0]?.includes("read_page"), puts[0]);
    await account.emulator.clearLog();
    await run(COMMANDS.undo);
    equal((await account.puts()).length, 1);
  });

  it("creates a server that another account doesn't have, after showing it", async () => {
    const second = await addAccount(account.emulator, "Tidewater");
    await addServer(account.emulator, second, "intern", "Intern");
    await pasteToken(person, await addToken(account.emulator, { accounts: [second] }));
    // What an account lacks is known once its servers were fetched.
    await run(COMMANDS.switchAccount, undefined, undefined, second);
    await until(
      () => serverRow(account.exports, "Intern"),
      (row) => row !== undefined,
    );
    await run(COMMANDS.switchAccount, undefined, undefined, "all");
    await account.emulator.clearLog();
    const done = run(COMMANDS.compareWith, account.server("docs"));
    await person.choose("Create it in Tidewater…");
    const [create] = await person.offered();
    match(create?.description ?? "", /can't be undone.*credential isn't copied/u);
    await person.choose("It can't be undone");
    await done;
    const posts = (await account.emulator.log()).filter(
      ({ method, path }) => method === "POST" && path.includes(`${second}/access`),
    );
    ok(posts.length >= 1, JSON.stringify(posts.map(({ path }) => path)));
  });

  it("exports an account as Terraform into a folder, and asks before it replaces", async () => {
    const folder = uriOf("infra").toString();
    await run(COMMANDS.exportTerraform, undefined, undefined, folder);
    match(await read("infra/servers.tf"), /cloudflare_zero_trust_access_ai_controls_mcp_server/u);
    match(await read("infra/imports.tf"), /^import \{/mu);
    const access = await read("infra/access.tf");
    match(access, /cloudflare_zero_trust_access_application/u);
    match(access, /cloudflare_zero_trust_access_policy|policies/u);
    match(await read("infra/dns.tf"), /cloudflare_dns_record/u);
    await vscode.workspace.fs.writeFile(
      uriOf("infra/servers.tf"),
      new TextEncoder().encode("# Ours.\n"),
    );
    const done = run(COMMANDS.exportTerraform, undefined, undefined, folder);
    const asked = await person.message(/Replace servers\.tf\?/u);
    asked.press("");
    await done;
    equal(await read("infra/servers.tf"), "# Ours.\n");
  });

  it("says what an export leaves out because the token may not read it", async () => {
    await account.emulator.set({
      faults: ["/access/apps", "/zones"].map((path) => ({
        kind: "status",
        status: 403,
        code: 10000,
        match: { method: "GET", path },
      })),
    });
    const folder = uriOf("infra").toString();
    const done = run(COMMANDS.exportTerraform, undefined, undefined, folder);
    const { text } = await person.message(/^Left out: /u);
    await done;
    match(text, /Access applications and policies.*“Access: Apps and Policies Read”/u);
    match(text, /DNS records.*“Zone Read”/u);
    deepEqual(
      (await vscode.workspace.fs.readDirectory(uriOf("infra"))).map(([name]) => name).sort(),
      ["imports.tf", "portals.tf", "servers.tf", "variables.tf", "versions.tf"],
    );
  });

  it("copies overrides to the servers of the same ids in another account, and tells which it lacks", async () => {
    const second = await addAccount(account.emulator, "Tidewater");
    const tools = [
      { name: "get_page", description: "Get a page", inputSchema: { type: "object" } },
    ];
    await addServer(account.emulator, second, "docs", "Docs there");
    await account.emulator.write({ account: second, server: "docs", patch: { tools } });
    await account.emulator.write({
      server: "docs",
      patch: {
        updated_tools: [
          { name: "get_page", enabled: true, alias: "read_page" },
          { name: "search_docs", enabled: false },
        ],
      },
    });
    await pasteToken(person, await addToken(account.emulator, { accounts: [second] }));
    await run(COMMANDS.refresh);
    await account.emulator.clearLog();
    const rows = [account.server("docs"), account.server("shop")];
    const done = run(COMMANDS.copyAllOverrides, rows[0], rows);
    await person.choose("those of the same ids in this account");
    match((await person.message(/^Tidewater has none of these ids/u)).text, /: shop\./u);
    await person.offered();
    const puts = async () =>
      (await account.emulator.log()).filter(({ method }) => method === "PUT");
    deepEqual(await puts(), []);
    await person.choose("Apply");
    await done;
    const [put, ...more] = await puts();
    equal(more.length, 0);
    equal(put?.path, `/accounts/${second}/access/ai-controls/mcp/servers/docs`);
    const written = JSON.stringify(put?.body);
    ok(written.includes("read_page"), written);
    ok(!written.includes("search_docs"), written);
  });
});
