import { deepEqual, equal, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { hasSameItems } from "../../../src/base/memo.ts";
import { COMMANDS, PROBLEMS_SOURCE, SCHEME } from "../../../src/manifest.ts";
import { setUpSuite } from "../support/fixture.ts";
import { quickFixesAt } from "../support/quickFixes.ts";
import { run } from "../support/run.ts";
import { problems, serverRow, treeOf, until } from "../support/screen.ts";

describe("Health", () => {
  const { account } = setUpSuite();

  const uriOf = (id: string): vscode.Uri =>
    vscode.Uri.parse(`mcp-portals:/${account.emulator.accountId}/servers/${id}.mcp-server.json`);

  const fixesOf = async (id: string): Promise<readonly string[]> => {
    await vscode.workspace.openTextDocument(uriOf(id));
    const [diagnostic] = vscode.languages.getDiagnostics(uriOf(id));
    ok(diagnostic);
    const actions = await quickFixesAt(uriOf(id), diagnostic.range);
    return actions.map(({ title }) => title);
  };

  /** Describes Browser otherwise elsewhere, and returns the rows that the next refresh draws. */
  const drawnWith = async (description: string): Promise<readonly unknown[]> => {
    const fired: unknown[] = [];
    const listener = account.exports.tree.onDidChangeTreeData?.((nodes) => fired.push(nodes));
    await account.emulator.write({ server: "browser", patch: { description } });
    await run(COMMANDS.refresh);
    await until(
      () => fired.length,
      (events) => events > 0,
    );
    listener?.dispose();
    return fired;
  };

  it("offers fixes at each problem, best first", async () => {
    const ignore = (rule: string) => `Ignore ${rule} for This Server`;
    const credentials = "Set Upstream Credentials…";
    // No portal of the demo has one of these servers.
    const unused = ["Add to Portal…", ignore("portal/unused-server")];
    deepEqual(await fixesOf("database"), [
      credentials,
      "Sync Again",
      "Show Log",
      ignore("health/error"),
      ...unused,
    ]);
    deepEqual(await fixesOf("wiki"), ["Sync Again", "Show Log", ignore("health/error"), ...unused]);
    const dashboard = "Open in Cloudflare Dashboard";
    deepEqual(await fixesOf("crm"), [
      dashboard,
      "Sync Again",
      "Show Log",
      ignore("health/waiting"),
      ...unused,
    ]);
  });

  it("redraws nothing when a refresh brings nothing new", async () => {
    // What waits for a quiet moment is drawn with the next change.
    await drawnWith("A browser");
    const events: string[] = [];
    // VS Code's own JSON service speaks too, of documents that are open or were a moment ago.
    const ours = (uri: vscode.Uri): readonly vscode.Diagnostic[] =>
      vscode.languages.getDiagnostics(uri).filter(({ source }) => source === PROBLEMS_SOURCE);
    const before = new Map(
      vscode.languages.getDiagnostics().map(([uri]) => [uri.toString(), ours(uri)]),
    );
    const listeners = [
      account.exports.tree.onDidChangeTreeData?.((nodes) =>
        events.push(`rows: ${JSON.stringify(nodes)}`),
      ),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        // A file of the workspace that an earlier suite has shown is closed minutes later.
        const changed = uris.filter(
          (uri) =>
            uri.scheme === SCHEME && !hasSameItems(ours(uri), before.get(uri.toString()) ?? []),
        );
        if (changed.length > 0) {
          events.push(`problems of ${changed.join(", ")}`);
        }
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.uri.scheme === SCHEME) {
          events.push(`the text of ${document.uri}`);
        }
      }),
    ];
    await account.wire();
    for (let round = 0; round < 5; round += 1) {
      await run(COMMANDS.refresh);
    }
    deepEqual((await account.wire()).toSorted(), [
      ...Array<string>(5).fill("GET /portals"),
      ...Array<string>(5).fill("GET /servers"),
    ]);
    deepEqual(events, []);
    for (const listener of listeners) {
      listener?.dispose();
    }
  });

  it("redraws one row when one server changed", async () => {
    // The findings from before are drawn together with it.
    await drawnWith("Another one");
    deepEqual(await drawnWith("And another one"), [[account.server("browser")]]);
  });

  it("agrees everywhere when a server breaks and when it works again", async () => {
    const broken = {
      status: "error",
      error: "The upstream answered 503 Service Unavailable",
      error_details: { status_code: 503, is_upstream: true, retryable: true },
    };
    const badge = (): number => account.exports.view.badge?.value ?? 0;
    const errors = badge();
    await account.emulator.write({ server: "browser", patch: broken });
    await run(COMMANDS.refresh);
    equal((await serverRow(account.exports, "Browser"))?.description, "Error · 8 tools");
    equal(account.exports.status.text, "$(cloud) MCP 10, 3 failing");
    equal(badge(), errors + 1);
    ok(problems().some((problem) => /^browser.*health\/error/.test(problem)));
    await run(COMMANDS.syncServer, account.server("browser"));
    equal((await serverRow(account.exports, "Browser"))?.description, "8 tools");
    equal(account.exports.status.text, "$(cloud) MCP 10, 2 failing");
    equal(badge(), errors);
    ok(!problems().some((problem) => /^browser.*health\/error/.test(problem)));
  });

  it("agrees in the tree, the status bar and Problems in every state", async () => {
    const words: Readonly<Record<string, string>> = {
      "health/error": "Error",
      "health/stale": "Sync required",
      "health/waiting": "Waiting for authentication|Never synced",
    };
    const agree = async (server: string, rule: string | undefined): Promise<void> => {
      const listed = problems().flatMap((line) => {
        const [, id, found] = /^(.+?)\..* (health\/[\w-]+)/u.exec(line) ?? [];
        return found === undefined ? [] : [`${id} ${found}`];
      });
      deepEqual(
        listed.filter((line) => line.startsWith(`${server} `)),
        rule === undefined ? [] : [`${server} ${rule}`],
      );
      const rows = await treeOf(account.exports);
      for (const [about, description] of Object.entries(words)) {
        const state = new RegExp(`^(?:${description})`, "u");
        deepEqual(
          rows
            .filter((row) => state.test(row.description ?? ""))
            .map(({ label }) => `${label.toLowerCase().replace(" ", "-")} ${about}`),
          listed.filter((line) => line.endsWith(about)),
        );
      }
      const failing = listed.filter((line) => line.endsWith("health/error")).length;
      const ailing = listed.filter((line) => /stale|ready-with/u.test(line)).length;
      const needs = ailing === 1 ? "1 needs attention" : `${ailing} need attention`;
      equal(account.exports.status.text, `$(cloud) MCP 10, ${failing} failing`);
      equal(account.exports.status.tooltip, `10 MCP servers: ${failing} failing, ${needs}`);
    };
    await agree("browser", undefined);
    for (const [status, rule] of [
      ["error", "health/error"],
      ["stale", "health/stale"],
      ["waiting", "health/waiting"],
      ["ready", "health/ready-with-error"],
    ] as const) {
      await account.emulator.write({ server: "browser", patch: { status, error: "late" } });
      await run(COMMANDS.refresh);
      await agree("browser", rule);
    }
    await run(COMMANDS.syncServer, account.server("browser"));
    await agree("browser", undefined);
  });

  it("can be read offline, in the tree and as a document", async () => {
    const hang = { kind: "reset", match: { method: "GET", path: "/servers$", count: 0 } } as const;
    await account.emulator.set({ faults: [hang] });
    // The message stays until somebody closes it.
    void run(COMMANDS.refresh);
    await until(
      () => account.exports.status.text,
      (text) => text === "$(cloud) MCP offline",
    );
    equal((await serverRow(account.exports, "Docs"))?.description, "4 tools, 3 prompts");
    const document = await vscode.workspace.openTextDocument(uriOf("docs"));
    ok(document.getText().includes('"name": "Docs"'));
    await account.emulator.reset();
    await run(COMMANDS.refresh);
    equal(account.exports.view.message ?? "", "");
  });
});
