import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS, SETTINGS } from "../../../src/manifest.ts";
import { setUpSuite } from "../support/fixture.ts";
import { applyFix, quickFix, quickFixes, ruleOf } from "../support/quickFixes.ts";
import { Replacements } from "../support/replacements.ts";
import { run } from "../support/run.ts";
import { until } from "../support/screen.ts";

const JSON_SERVICE = "vscode.json-language-features";
const NAME = '"get_page"';
const GATEWAY = '"secure_web_gateway": false';

describe("A mistake that keeps a document from being saved", () => {
  const suite = setUpSuite({ opensDocs: true });

  const titles = async (code: string): Promise<readonly string[]> =>
    (await quickFixes(suite.account, "docs", code)).map(({ title }) => title);
  const apply = async (code: string, title: string): Promise<void> =>
    applyFix(await quickFix(suite.account, "docs", code, title));
  const shown = (): readonly vscode.Diagnostic[] =>
    vscode.languages.getDiagnostics(suite.editing.document.uri);
  const untilFine = (): Promise<unknown> => until(shown, (found) => found.length === 0);

  /** The error of a save. VS Code shows it in a message that tests can't read. */
  async function failure(): Promise<string> {
    const said: unknown[] = [];
    const replacements = new Replacements();
    replacements.replace(vscode.FileSystemError, "Unavailable", (real) => (message?: string) => {
      said.push(message);
      return real(message);
    });
    equal(await suite.editing.save(), false);
    replacements.end();
    return said.join();
  }

  it("is reported by VS Code's JSON service too, which our documents activate", async () => {
    await until(
      () => vscode.extensions.getExtension(JSON_SERVICE)?.isActive,
      (active) => active === true,
    );
    await suite.editing.replace(GATEWAY, '"secure_web_gateway": ');
    const at = suite.editing.text.indexOf('gateway": ') + 'gateway": '.length;
    const position = suite.editing.document.positionAt(at);
    await until(
      async () => {
        const { uri } = suite.editing.document;
        const list = await run<vscode.CompletionList>(
          "vscode.executeCompletionItemProvider",
          uri,
          position,
        );
        return list.items.map(({ label }) => label);
      },
      (labels) => labels.includes("true") && labels.includes("false"),
    );
  });

  it("is one error of ours where a value has the wrong type, and the failed save names it", async () => {
    await suite.editing.replace(GATEWAY, '"secure_web_gateway": "no"');
    await suite.editing.replace(NAME, '"get_pages"');
    await until(shown, (found) => found.length === 2);
    deepEqual(
      shown().map((each) => [each.source, ruleOf(each), each.severity]),
      [
        ["MCP Portals", "document/type", vscode.DiagnosticSeverity.Error],
        ["MCP Portals", "document/unknown-name", vscode.DiagnosticSeverity.Error],
      ],
    );
    equal(
      await failure(),
      'Not saved. Line 4, "secure_web_gateway": This has to be true or false. And 1 more in Problems.',
    );
  });

  it("is linked to its explanation", async () => {
    await suite.editing.replace(NAME, '"nowhere"');
    const [diagnostic] = await until(shown, (found) => found.length === 1);
    const code = typeof diagnostic?.code === "object" ? diagnostic.code : undefined;
    match(code?.target.path ?? "", /\/docs\/checks\.md$/);
    match(code?.target.fragment ?? "", /^L\d+$/);
  });

  it("is fixed by changing it to what was meant, by removing it, or by adding what is missing", async () => {
    const original = suite.editing.text;
    await suite.editing.replace(NAME, '"get_pgae"');
    deepEqual(await titles("document/unknown-name"), ['Change to "get_page"', 'Remove "get_pgae"']);
    await apply("document/unknown-name", 'Change to "get_page"');
    equal(suite.editing.text, original);
    await suite.editing.replace('"enabled": true', '"enabled": true, "colour": 1');
    await untilOf("document/unknown-key");
    await apply("document/unknown-key", 'Remove "colour"');
    equal(suite.editing.text, original);
    await suite.editing.replace(GATEWAY, '"secure_web_gateway": "false"');
    await untilOf("document/type");
    await apply("document/type", "Change to false");
    equal(suite.editing.text, original);
    await suite.editing.replace(GATEWAY, `${GATEWAY}, ${GATEWAY}`);
    await untilOf("document/duplicate");
    await apply("document/duplicate", "Remove This One");
    equal(suite.editing.text, original);
    deepEqual(await suite.account.wire(), []);
  });

  it("may be a missing section, which a fix puts back", async () => {
    await suite.foreign({ updated_tools: [{ name: "get_page", alias: "page" }] });
    await suite.editing.untilText((text) => text.includes('"page"'));
    await suite.editing.replaceAll('{\n  "name": "Docs"\n}\n');
    await apply("document/missing", 'Insert "tools" as at Cloudflare');
    ok(suite.editing.text.includes('"get_page": { "enabled": true, "alias": "page" }'));
    await untilFine();
  });

  it("is shown although its rule or VS Code's own validation is switched off", async () => {
    const settings = vscode.workspace.getConfiguration();
    const set = (key: string, value: unknown): Thenable<void> =>
      settings.update(key, value, vscode.ConfigurationTarget.Global);
    try {
      await set(SETTINGS.checksRules, { "name/alias-format": "off" });
      await suite.editing.replace('"enabled": true', '"enabled": true, "alias": "two words"');
      await untilOf("name/alias-format");
      await apply("name/alias-format", 'Remove "alias"');
      await set("json.validate.enable", false);
      await suite.editing.replaceAll("{");
      await untilOf("document/syntax");
      await apply("document/syntax", "Put Back What Is at Cloudflare");
      await untilFine();
    } finally {
      await set(SETTINGS.checksRules, undefined);
      await set("json.validate.enable", undefined);
    }
  });

  it("may be what Cloudflare refused, which shows in the row and the badge and has a fix", async () => {
    const before = suite.account.exports.view.badge?.value ?? 0;
    await refuse("name");
    await suite.editing.replace('"Docs"', '"Rude"');
    equal(await suite.editing.save(), false);
    const [diagnostic] = shown();
    const code = typeof diagnostic?.code === "object" ? diagnostic.code : undefined;
    equal(code?.value, "api/7001");
    match(code?.target.fragment ?? "", /^L\d+$/);
    equal(suite.account.exports.view.badge?.value, before + 1);
    const row = suite.account.server("docs");
    const item = await suite.account.exports.tree.getTreeItem(row);
    ok(item.accessibilityInformation?.label.includes("1 error"));
    deepEqual(await titles("api/7001"), ['Put Back "name" as at Cloudflare', "Show Log"]);
    await apply("api/7001", 'Put Back "name" as at Cloudflare');
    ok(suite.editing.text.includes('"Docs"'));
    await run(COMMANDS.refresh);
    await untilFine();
    equal(suite.account.exports.view.badge?.value ?? 0, before);
  });

  it("offers Try Again where the refused change was made outside the document", async () => {
    await refuse("updated_tools", 0, "alias");
    const tool = suite.account.capability("tool", "docs", "get_page");
    await run(COMMANDS.editAlias, tool, [], "rude");
    await until(shown, (found) => found.some((each) => ruleOf(each) === "api/7001"));
    deepEqual(await titles("api/7001"), ["Edit Alias…", "Show Log"]);
  });

  async function refuse(...path: readonly (string | number)[]): Promise<void> {
    const error = { code: 7001, message: "No such words", path: ["body", ...path] };
    const body = JSON.stringify({ success: false, errors: [error], result: {} });
    await suite.account.emulator.set({
      faults: [{ kind: "body", status: 400, body, match: { method: "PUT" } }],
    });
  }

  async function untilOf(code: string): Promise<void> {
    await until(shown, (found) => found.some((each) => ruleOf(each) === code));
  }
});
