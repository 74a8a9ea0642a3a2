import { deepEqual, equal, match, ok } from "node:assert/strict";
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

  const mapping = (portalId: string, serverId: string) => ({
    ...portal(portalId),
    kind: "mapping" as const,
    serverId,
  });

  it("is in the tooltips of a tool, a server, a portal and a server of a portal", async () => {
    const { exports } = account;
    const tool = account.capability("tool", "docs", "search_docs");
    for (const see of [
      () => readTooltip(exports.tree, tool),
      () => readTooltip(exports.tree, account.server("docs")),
      () => readTooltip(exports.portals, portal()),
      () => readTooltip(exports.portals, mapping("engineering", "docs")),
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

  it("leads from a server over its budget to its costliest tools, whose list any order leaves", async () => {
    await setBudget({ server: 100 });
    await until(problems, (all) =>
      all.some((each) => each.startsWith("shop.") && each.includes("budget/server")),
    );
    const fixing = run(COMMANDS.fixProblems, account.server("shop"), undefined, "Select Tools…");
    await until(costs, (all) => all.length > 2);
    deepEqual(costs(), costs().toSorted(descending));
    await person.dismiss();
    await fixing;
    const selecting = run(COMMANDS.selectTools, account.server("shop"));
    await until(labels, (all) => all.length > 2);
    const before = labels();
    await person.pressButton("Sort by Context Cost");
    await until(costs, (all) => all.length > 2 && all.join() === all.toSorted(descending).join());
    await person.pressButton("Sort as Before");
    await until(labels, (all) => all.join() === before.join());
    await person.dismiss();
    await selecting;
  });

  it("tells of a tool that the portal's own description brings over, and gives that of its server back", async () => {
    const tool = { ...mapping("support", "shop"), kind: "tool", name: "get_order" } as const;
    const line = (): string =>
      problems().find((each) => each.startsWith("support.") && each.includes("budget/tool")) ?? "";
    await setBudget({ tool: 500 });
    const description = Array.from({ length: 600 }, (_, index) => `order ${index}`).join(", ");
    await account.emulator.write({
      portal: "support",
      patch: await withDescription(tool, description),
    });
    await run(COMMANDS.refresh);
    const said = await until(line, (each) => each !== "");
    match(
      said,
      /Warning budget\/tool: With the description of this portal the tool takes [\d,]+ tokens of every request, for Claude about [\d,]+ to [\d,]+; the budget is 500\./u,
    );
    await account.wire();
    await run(COMMANDS.fixProblems, tool, undefined, "Reset Description");
    await until(line, (each) => each === "");
    const [put, ...others] = await account.puts();
    ok(put?.includes("portals/support") && !put.includes("order 1"), put);
    deepEqual(others, []);
  });

  it("names in a portal's tooltip the text that its tools repeat most dearly, with what that costs", async () => {
    const paragraph = `Never call this tool more than once a minute, and tell the user before you do.`;
    const wire = await record("servers/tickets");
    const repeat = async (times: number): Promise<void> => {
      const tools = named(wire["tools"]).map((each, index) =>
        index < times
          ? { ...each, description: `${String(each["description"])}\n\n${paragraph}` }
          : each,
      );
      await account.emulator.write({ server: "tickets", patch: { tools } });
      await run(COMMANDS.refresh);
    };
    const shown = (): Promise<string> => readTooltip(account.exports.portals, portal());
    const wasted = (tools: number): RegExp =>
      new RegExp(
        `Repeated text: ${tools} tools say "${paragraph.slice(0, 40)}.*, which costs (\\d+) tokens more`,
        "u",
      );
    const [three, two] = [wasted(3), wasted(2)];
    await repeat(3);
    const dear = three.exec(await until(shown, (text) => three.test(text)))?.[1];
    await repeat(2);
    const cheap = two.exec(await until(shown, (text) => two.test(text)))?.[1];
    // All but the first are too many.
    equal(Number(dear), 2 * Number(cheap));
    await repeat(1);
    await until(shown, (text) => !text.includes(paragraph.slice(0, 40)));
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

  /** What the API has below the account's servers and portals. */
  async function record(path: string): Promise<Readonly<Record<string, unknown>>> {
    const { url, accountId, token } = account.emulator;
    const answer = await fetch(`${url}/accounts/${accountId}/access/ai-controls/mcp/${path}`, {
      headers: { Authorization: `Bearer ${token}` },
    });
    const { result }: { result: Readonly<Record<string, unknown>> } = await answer.json();
    return result;
  }

  /** The mappings of a tool's portal, which describes it itself. */
  async function withDescription(
    { portalId, serverId, name }: { portalId: string; serverId: string; name: string },
    description: string,
  ) {
    const { servers } = await record(`portals/${portalId}`);
    return {
      servers: named(servers).map((each) => ({
        server_id: each["id"],
        default_disabled: each["default_disabled"],
        on_behalf: each["on_behalf"],
        updated_tools: each["id"] === serverId ? [{ name, enabled: true, description }] : [],
        updated_prompts: [],
      })),
    };
  }

  function setBudget(budget: Readonly<Record<string, number>> | undefined): Thenable<void> {
    return vscode.workspace
      .getConfiguration()
      .update(SETTINGS.budget, budget, vscode.ConfigurationTarget.Global);
  }
});

function named(list: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(list) ? list : [];
}
