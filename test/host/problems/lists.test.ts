import { deepEqual, equal } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS, SETTINGS } from "../../../src/manifest.ts";
import { setUpSuite } from "../support/fixture.ts";
import { applyFix, documentUri, quickFix, ruleOf } from "../support/quickFixes.ts";
import { run } from "../support/run.ts";
import { until } from "../support/screen.ts";

const RULE = "name/vscode-truncation";
const LONG = "book_hours_of_work_on_a_single_ticket";

describe("The list of", () => {
  const { account, person } = setUpSuite();
  after(async () => {
    await run("workbench.action.closeAllEditors");
    await ignore(undefined);
  });

  const rulesOf = (server: string): readonly unknown[] =>
    vscode.languages.getDiagnostics(documentUri(account, server)).map(ruleOf);

  const untilRules = (server: string, holds: (rules: readonly unknown[]) => boolean) =>
    until(() => rulesOf(server), holds);

  const ignored = (): unknown => vscode.workspace.getConfiguration().get(SETTINGS.checksIgnore);

  async function ignore(entries: unknown): Promise<void> {
    const { Global } = vscode.ConfigurationTarget;
    await vscode.workspace.getConfiguration().update(SETTINGS.checksIgnore, entries, Global);
  }

  it("Choose Tools to Disable… disables the ticked tools, with one write", async () => {
    const fix = await quickFix(
      account,
      "back-office",
      "count/over-128",
      "Choose Tools to Disable…",
    );
    const done = applyFix(fix);
    const offered = await person.offered();
    equal(offered.length, 140);
    await person.toggle("get_customer");
    await person.toggle("archive_customer");
    await person.accept();
    await done;
    deepEqual(await account.puts(), [
      'PUT /servers/back-office {"updated_tools":[{"name":"get_customer","enabled":false},{"name":"archive_customer","enabled":false}]}',
    ]);
    await run(COMMANDS.undo);
    deepEqual(await account.puts(), ['PUT /servers/back-office {"updated_tools":[]}']);
  });

  it("Choose Tools to Disable… writes nothing where nothing is ticked", async () => {
    const fix = await quickFix(
      account,
      "back-office",
      "count/over-128",
      "Choose Tools to Disable…",
    );
    const done = applyFix(fix);
    await person.offered();
    await person.accept();
    await done;
    deepEqual(await account.puts(), []);
  });

  it("Manage Ignored Problems… shows those without a tick again", async () => {
    const kept = { rule: "config/orphan-override", server: "shop", name: "apply_discount" };
    const dropped = { rule: "count/over-128", server: "back-office", name: "" };
    await ignore([kept, dropped]);
    await untilRules("back-office", (rules) => rules.join() === "portal/unused-server");
    const done = run(COMMANDS.manageIgnored);
    deepEqual(
      (await person.offered()).map(({ label, description }) => `${label}: ${description}`),
      ["config/orphan-override: Shop · apply_discount", "count/over-128: Back Office"],
    );
    await person.toggle("count/over-128");
    await person.accept();
    await done;
    deepEqual(ignored(), [kept]);
    await untilRules("back-office", (rules) => rules.includes("count/over-128"));
  });

  it("Manage Ignored Problems… leaves everything as it is when it is dismissed", async () => {
    const before = ignored();
    const done = run(COMMANDS.manageIgnored);
    await person.offered();
    await person.dismissOffered();
    await done;
    deepEqual(ignored(), before);
    await ignore(undefined);
  });

  describe("Fix All of a Kind…", () => {
    before(async () => {
      const long = (name: string, end: string) => ({ name, alias: `${LONG}_${end}` });
      await account.emulator.write({
        server: "tickets",
        patch: { updated_tools: [long("log_work", "no"), long("add_comment", "id")] },
      });
      await account.emulator.write({
        server: "browser",
        patch: { updated_tools: [long("close_page", "id")] },
      });
      await run(COMMANDS.refresh);
      await untilRules("browser", (rules) => rules.includes(RULE));
      await account.wire();
    });

    it("shows every change first, and writes nothing when it is dismissed", async () => {
      const done = run(COMMANDS.fixAll);
      await person.choose(`Set Aliases 3 × ${RULE}`);
      const offered = await until(
        () => person.offered(),
        (items) => items.some(({ detail }) => detail?.startsWith("alias: ") === true),
      );
      deepEqual(
        offered.map(({ label, description, detail, picked }) => [
          `${description} › ${label}`,
          detail,
          picked,
        ]),
        [
          ["Browser › close_page", `alias: ${LONG}`, true],
          ["Tickets › add_comment", `alias: ${LONG}`, true],
          ["Tickets › log_work", `alias: ${LONG.slice(0, -1)}_2`, true],
        ],
      );
      await person.dismissOffered();
      await done;
      deepEqual(await account.puts(), []);
    });

    it("writes each server once, with the ticked changes, from the problem's own menu", async () => {
      const title = `Set Aliases (all 3 of ${RULE})…`;
      const done = applyFix(await quickFix(account, "browser", RULE, title));
      await person.toggle("log_work");
      await person.accept();
      await done;
      deepEqual((await account.puts()).toSorted(), [
        `PUT /servers/browser {"updated_tools":[{"name":"close_page","alias":"${LONG}"}]}`,
        `PUT /servers/tickets {"updated_tools":[{"name":"add_comment","alias":"${LONG}"},{"name":"log_work","alias":"${LONG}_no"}]}`,
      ]);
    });

    it("is undone in one step", async () => {
      await run(COMMANDS.undo);
      deepEqual((await account.puts()).toSorted(), [
        `PUT /servers/browser {"updated_tools":[{"name":"close_page","alias":"${LONG}_id"}]}`,
        `PUT /servers/tickets {"updated_tools":[{"name":"add_comment","alias":"${LONG}_id"},{"name":"log_work","alias":"${LONG}_no"}]}`,
      ]);
    });
  });
});
