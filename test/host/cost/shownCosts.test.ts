import { deepEqual, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS, SETTINGS } from "../../../src/manifest.ts";
import type { Row } from "../../../src/target.ts";
import { Editing } from "../support/documents.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { portalTreeOf, problems, readTooltip, until } from "../support/screen.ts";

const descending = (one: number, other: number): number => other - one;

const TOKENS = /Context cost: [\d,]+ tokens, for Claude about [\d,]+ to [\d,]+/u;

describe("What tools cost", () => {
  const { account, person } = setUpSuite({
    freshEmulator: true,
    afterEach: () => setBudget(undefined),
  });

  const portal = (portalId = "engineering"): Row & { kind: "portal" } => ({
    kind: "portal",
    accountId: account.emulator.accountId,
    portalId,
  });

  it("is in the tooltips of a tool, a server, a portal and a server of a portal", async () => {
    const { exports } = account;
    const { accountId } = account.emulator;
    const mapping = {
      kind: "mapping",
      accountId,
      portalId: "engineering",
      serverId: "docs",
    } as const;
    const tool = account.capability("tool", "docs", "search_docs");
    for (const see of [
      () => readTooltip(exports.tree, tool),
      () => readTooltip(exports.tree, account.server("docs")),
      () => readTooltip(exports.portals, portal()),
      () => readTooltip(exports.portals, mapping),
    ]) {
      await until(see, (text) => TOKENS.test(text));
    }
  });

  it("is in the hover of a tool's and a server's name in a document", async () => {
    const editing = await Editing.open(account, "engineering", "portal");
    await until(
      () => editing.hover('"search_docs"'),
      (text) => TOKENS.test(text),
    );
    await until(
      () => editing.hover('"docs"'),
      (text) => TOKENS.test(text),
    );
    await editing.close();
  });

  it("is told in a portal's row and in Problems once the portal is over its budget", async () => {
    const labels = async () =>
      (await portalTreeOf(account.exports)).map(({ description }) => description);
    ok((await labels()).every((words) => !words?.includes("tokens")));
    await setBudget({ portal: 100 });
    await until(labels, (all) => all.some((words) => /[\d,]+ tokens/u.test(words ?? "")));
    await until(problems, (all) => all.some((each) => each.includes("budget/portal")));
    await setBudget({ portal: 0 });
    await until(labels, (all) => all.every((words) => !words?.includes("tokens")));
  });

  it("leads from Problems to a list of the costliest tools first", async () => {
    await setBudget({ portal: 100 });
    await until(problems, (all) => all.some((each) => each.includes("budget/portal")));
    // Engineering has Code Mode on, so that its tools cost nothing.
    const done = run(COMMANDS.fixProblems, portal("support"), undefined, "Select Tools…");
    await until(costs, (all) => all.length > 2);
    deepEqual(costs(), costs().toSorted(descending));
    await person.dismiss();
    await done;
  });

  it("orders what Find found by a button, and leaves the order by another", async () => {
    const done = run(COMMANDS.find);
    await person.search("page");
    const before = labels();
    ok(before.length > 2);
    await person.pressButton("Sort by Context Cost");
    await until(costs, (all) => all.length > 2);
    deepEqual(costs(), costs().toSorted(descending));
    await person.pressButton("Sort as Before");
    await until(labels, (all) => all.join() === before.join());
    await person.dismiss();
    await done;
  });

  const labels = (): readonly string[] => (person.listed ?? []).map(({ label }) => label);

  /** The tokens in the list that is open, from top to bottom. */
  const costs = (): readonly number[] =>
    (person.listed ?? []).flatMap(({ description = "" }) => {
      const [, tokens] = /([\d,]+) tokens/u.exec(description) ?? [];
      return tokens === undefined ? [] : [Number(tokens.replaceAll(",", ""))];
    });

  function setBudget(budget: Readonly<Record<string, number>> | undefined): Thenable<void> {
    return vscode.workspace
      .getConfiguration()
      .update(SETTINGS.budget, budget, vscode.ConfigurationTarget.Global);
  }
});
