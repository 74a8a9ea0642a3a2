import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { FIX_KINDS, type FixKind } from "../../../src/domain/checks/fixes.ts";
import { COMMANDS } from "../../../src/manifest.ts";
import { Editing } from "../support/documents.ts";
import { FIX_CASES, type FixCase } from "../support/fixCases.ts";
import { setUpSuite } from "../support/fixture.ts";
import { applyFix, documentUri, quickFix, ruleOf } from "../support/quickFixes.ts";
import { run } from "../support/run.ts";
import { until } from "../support/screen.ts";
import { storedServer } from "../support/stored.ts";

/** What brings back lost overrides; lostOverrides.test.ts applies it. */
const OF_LOST: readonly FixKind[] = ["restoreOverride", "carryOver"];

describe("Quick fixes", () => {
  const { account } = setUpSuite();
  const original = new Map<string, Readonly<Record<string, unknown>>>();
  before(async () => {
    for (const { server } of FIX_CASES) {
      original.set(server, await stored(server));
    }
  });
  afterEach(async () => {
    await run("workbench.action.closeAllEditors");
    for (const [server, patch] of original) {
      await account.emulator.write({ server, patch });
    }
    await run(COMMANDS.refresh);
  });

  /** The fields at Cloudflare that a fix or a case can change. */
  async function stored(id: string): Promise<Readonly<Record<string, unknown>>> {
    const found = await storedServer(account.emulator, id);
    const keys = ["hostname", "secure_web_gateway", "tools", "updated_tools", "updated_prompts"];
    return Object.fromEntries(keys.map((key) => [key, found[key]]));
  }

  const prepare = ({ server, record, rule }: FixCase) => prepareServer(server, record, rule);

  async function prepareServer(server: string, record: object, rule: string): Promise<void> {
    await account.emulator.write({ server, patch: { ...original.get(server), ...record } });
    await run(COMMANDS.refresh);
    await until(
      () => rulesOf(server),
      (rules) => rules.includes(rule),
    );
    await account.wire();
  }

  function rulesOf(server: string): readonly unknown[] {
    return vscode.languages.getDiagnostics(documentUri(account, server)).map(ruleOf);
  }

  it("are tested for every kind", () =>
    deepEqual(
      [...new Set(FIX_CASES.map(({ kind }) => kind)), ...OF_LOST].sort(),
      [...FIX_KINDS].sort(),
    ));

  for (const each of FIX_CASES) {
    const { title, rule, server, sent, text } = each;

    it(`are saved at once, and taken back by Undo: ${title}`, async () => {
      await prepare(each);
      const before = await stored(server);
      const fix = await quickFix(account, server, rule, title);
      ok(fix.edit === undefined && fix.command !== undefined);
      await applyFix(fix);
      deepEqual(await account.puts(), [`PUT /servers/${server} ${JSON.stringify(sent)}`]);
      await until(
        () => rulesOf(server),
        (rules) => !rules.includes(rule),
      );
      await run(COMMANDS.undo);
      equal((await account.puts()).length, 1);
      deepEqual(await stored(server), before);
      await until(
        () => rulesOf(server),
        (rules) => rules.includes(rule),
      );
    });

    it(`change only the text of a document with unsaved changes: ${title}`, async () => {
      await prepare(each);
      const editing = await Editing.open(account, server);
      await editing.replace('"name": "', '"name": "My ');
      ok(editing.document.isDirty);
      const fix = await quickFix(account, server, rule, title);
      ok(fix.edit !== undefined && fix.command === undefined);
      await applyFix(fix);
      const document: unknown = JSON.parse(editing.text);
      deepEqual(valueAt(document, text.path), text.value);
      ok(String(valueAt(document, ["name"])).startsWith("My "));
      await until(
        () => rulesOf(server),
        (rules) => !rules.includes(rule),
      );
      deepEqual(await account.wire(), []);
      await editing.close();
    });
  }

  it("copy a report for the upstream of what clients mind in a tool, and write nothing", async () => {
    const inputSchema = { type: "object", properties: { tags: { type: "array" } } };
    const tool = { name: "log_work", description: "Books hours.", inputSchema };
    await prepareServer("tickets", { tools: [tool], updated_tools: [] }, "schema/array-items");
    const title = "Copy Report for the Upstream";
    await applyFix(await quickFix(account, "tickets", "schema/array-items", title));
    const report = await vscode.env.clipboard.readText();
    match(report, /log_work/u);
    match(report, /^- \/inputSchema\/properties\/tags$/mu);
    match(report, /VS Code: .*Source: microsoft\/vscode#284536/u);
    deepEqual(await account.puts(), []);
  });
});

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null ? Reflect.get(inner, key) : undefined,
    value,
  );
}
