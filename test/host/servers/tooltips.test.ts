import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { catalogueOf } from "../../../src/domain/catalogue/serverCatalogue.ts";
import { capabilityTooltip } from "../../../src/features/display/tooltips.ts";
import { COMMANDS } from "../../../src/manifest.ts";
import type { Target } from "../../../src/target.ts";
import { capability, server } from "../../unit/support/servers.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { asRead, tooltipOf } from "../support/screen.ts";
import { storedServers } from "../support/stored.ts";

function plain({ value }: vscode.MarkdownString): string {
  return asRead(value);
}

describe("Tooltips", () => {
  const { account, person } = setUpSuite();

  function tooltip(node: Target): Promise<vscode.MarkdownString> {
    return tooltipOf(account.exports.tree, node);
  }

  /** Of a failing server the tooltip has a part of it, and Details the rest. */
  async function allOf(id: string): Promise<string> {
    const done = run(COMMANDS.showDetails, account.server(id));
    const details = await person.message(/./u);
    details.press("");
    await done;
    return `${plain(await tooltip(account.server(id)))}\n${details.detail}`;
  }

  it("list all that Cloudflare sends of a server, also unknown fields", async () => {
    for (const { id, error_details: details } of await storedServers(account.emulator)) {
      const text = await allOf(String(id));
      ok(text.includes(String(id)), text);
      for (const value of Object.values(details ?? {})) {
        if (typeof value === "string") {
          ok(text.includes(value), text);
        }
      }
    }
    match(await allOf("database"), /HTTP status of the upstream: 401/u);
  });

  for (const id of ["database", "wiki", "calendar", "crm"]) {
    it(`of a server that doesn't work say why once, what helps, and little else: ${id}`, async () => {
      const shown = await tooltip(account.server(id));
      const lines = plain(shown)
        .split("\n")
        .filter((line) => line !== "" && line !== "---");
      ok(lines.length <= 11, lines.join("\n"));
      const [, diagnosis = "", links = ""] = lines;
      ok(diagnosis.length > 20, diagnosis);
      equal(plain(shown).split(diagnosis).length, 2);
      match(links, /^\[.+\]\(command:mcpPortals\.\w+\?\S+\) · \[Details\]\(command:\S+\)$/u);
    });
  }

  it("of a server that doesn't work run their two links, and nothing else", async () => {
    const shown = await tooltip(account.server("database"));
    deepEqual(shown.isTrusted, {
      enabledCommands: [COMMANDS.setUpstreamCredentials, COMMANDS.showDetails],
    });
    const [, link] = [...shown.value.matchAll(/\(command:([\w.]+)\?([^)]+)\)/gu)];
    const [, command = "", query = ""] = link ?? [];
    equal(command, COMMANDS.showDetails);
    const done = run(command, ...JSON.parse(decodeURIComponent(query)));
    const details = await person.message(/^Database$/u);
    match(details.detail, /^Cause: /mu);
    details.press("Copy");
    await done;
    match(await vscode.env.clipboard.readText(), /^Database\n(?:.+\n)*\n?Status: Error$/mu);
  });

  it("count the calls of a server's tools", async () => {
    ok(/Tool calls: None in the last 30 days/.test(plain(await tooltip(account.server("crm")))));
  });

  it("break lines between words, where VS Code makes every space unbreakable", async () => {
    const { value } = await tooltip(account.capability("tool", "browser", "fill_form"));
    ok(value.includes("Fills in a form and sends it."), value);
    ok(value.includes("behind the user's back"), value);
  });

  it("say of a tool what comes from the upstream and what was set at Cloudflare", async () => {
    const text = plain(await tooltip(account.capability("tool", "observability", "query_metrics")));
    for (const part of [
      "observability_metrics",
      "Name at the upstream: query_metrics",
      "Alias, set at Cloudflare: metrics",
      "Description: Set at Cloudflare",
      "Upstream's description:",
      "Parameters:",
    ]) {
      ok(text.includes(part), `${part} isn't in ${text}`);
    }
  });

  it("show text from outside as plain text, and trust none of it", async () => {
    const hostile = "[click](command:mcpPortals.signOut) <img src=x> $(trash) **bold**";
    await account.emulator.write({ server: "docs", patch: { description: hostile } });
    await run(COMMANDS.refresh);
    const shown = await tooltip(account.server("docs"));
    ok(!shown.isTrusted && !shown.supportHtml && !shown.supportThemeIcons);
    deepEqual(shown.value.match(/(?<!\\)\[click(?<!\\)\]\(/u), null);
    ok(plain(shown).includes("click"), shown.value);
  });

  describe("of large or deeply nested definitions", () => {
    const parameters = 50_000;
    const names = Array.from({ length: parameters }, (_, index) => `parameter_${index}`);

    async function tooltipOfTool(tool: Record<string, unknown>): Promise<vscode.MarkdownString> {
      await account.emulator.write({
        server: "docs",
        patch: { tools: [{ name: "odd", ...tool }] },
      });
      await run(COMMANDS.refresh);
      return tooltip(account.capability("tool", "docs", "odd"));
    }

    it("are bounded, and say how many parameters they leave out", async () => {
      const shown = await tooltipOfTool({
        inputSchema: {
          type: "object",
          properties: Object.fromEntries(names.map((name) => [name, { type: "string" }])),
          required: names,
        },
      });
      ok(shown.value.length < 10_000, String(shown.value.length));
      match(plain(shown), /parameter_0 \(string, required\); .+; 49,?9\d\d more/u);
    });

    it("are bounded, and say how many values they leave out", async () => {
      const shown = await tooltipOfTool(Object.fromEntries(names.map((name) => [name, [name]])));
      ok(shown.value.length < 100_000, String(shown.value.length));
      match(plain(shown), /And 4\d\d\d\d more\./u);
    });

    it("work for JSON that is nested 5,000 deep", () => {
      const deep: unknown = JSON.parse(`${'{"a":['.repeat(5000)}${"]}".repeat(5000)}`);
      for (const source of [
        { inputSchema: deep },
        { outputSchema: deep, annotations: { deep } },
        { arguments: [deep, { name: deep }] },
        { _meta: deep },
      ]) {
        const tools = [{ ...capability("tool", "odd"), source }];
        const [shown] = catalogueOf(server({ tools })).tools;
        ok(shown);
        ok(capabilityTooltip(shown).value.length < 10_000);
      }
    });
  });
});

describe("Tooltips of an account whose analytics can't be read", () => {
  const { account } = setUpSuite({ freshEmulator: true });

  it("do without the calls of a server's tools", async () => {
    await account.emulator.set({
      faults: [{ kind: "status", status: 403, code: 10000, match: { path: "/analytics/" } }],
    });
    const text = plain(await tooltipOf(account.exports.tree, account.server("shop")));
    ok(text.includes("shop") && !text.includes("Tool calls"), text);
  });
});
