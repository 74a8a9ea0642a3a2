import { deepEqual, equal, match } from "node:assert/strict";
import { COMMANDS } from "../../../src/manifest.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { type Row, treeOf, until } from "../support/screen.ts";

describe("The filter", () => {
  const suite = setUpSuite({ afterEach: () => run(COMMANDS.clearFilter) });

  const filter = (kinds: string) => run(COMMANDS.filter, undefined, undefined, kinds);
  const message = (): string | undefined => suite.account.exports.view.message;
  const labels = async (): Promise<readonly string[]> =>
    (await treeOf(suite.account.exports)).map(({ label }) => label);

  it("shows only what is disabled, with counts, and says so", async () => {
    await filter("disabled");
    deepEqual(await treeOf(suite.account.exports), [
      {
        label: "Observability",
        description: "11 of 12 enabled · 1 shown",
        children: [
          {
            label: "Tools",
            description: "10 of 11 enabled · 1 shown",
            children: [{ label: "delete_dashboard", checked: false }],
          },
        ],
      },
      {
        label: "Shop",
        description: "8 of 9 enabled · 1 shown",
        children: [
          {
            label: "Tools",
            description: "8 of 9 enabled · 1 shown",
            children: [{ label: "refund_order", checked: false }],
          },
        ],
      },
    ] satisfies readonly Row[]);
    equal(message(), "Showing only what is disabled: 2 servers with 2 tools and prompts.");
  });

  it("shows everything again when it is cleared", async () => {
    const before = await treeOf(suite.account.exports);
    await filter("overridden");
    deepEqual(await labels(), ["Docs", "Observability", "Shop"]);
    await run(COMMANDS.clearFilter);
    deepEqual(await treeOf(suite.account.exports), before);
    equal(message(), "");
  });

  it("shows failing servers without their rows", async () => {
    await filter("problems");
    const tree = await treeOf(suite.account.exports);
    deepEqual(
      tree.map(({ label, children }) => `${label}${children ? "" : ", closed"}`),
      [
        "Back Office, closed",
        "Browser",
        "Calendar, closed",
        "CRM, closed",
        "Database, closed",
        "Observability",
        "Shop",
        "Wiki, closed",
      ],
    );
  });

  it("drops a row when it no longer matches, and shows it when it does", async () => {
    await filter("disabled");
    await run(COMMANDS.disable, suite.account.capability("tool", "tickets", "log_work"));
    deepEqual(await labels(), ["Observability", "Shop", "Tickets"]);
    await run(COMMANDS.enable, suite.account.capability("tool", "tickets", "log_work"));
    deepEqual(await labels(), ["Observability", "Shop"]);
  });

  it("keeps hidden rows from being changed with their server", async () => {
    await filter("overridden");
    await run(COMMANDS.disable, suite.account.server("observability"));
    const [put] = await suite.account.puts();
    deepEqual(
      [...(put ?? "").matchAll(/"name":"(\w+)"[^}]*"enabled":false/g)].map(([, name]) => name),
      ["query_metrics", "query_logs", "delete_dashboard"],
    );
    await run(COMMANDS.undo);
  });

  it("is cleared when Find or Problems shows a row that it hides", async () => {
    await filter("disabled");
    const done = run(COMMANDS.find);
    await suite.person.search("get_ticket");
    await suite.person.pick("get_ticket");
    await done;
    equal((await labels()).length, 10);
    await until(
      () => suite.account.exports.view.selection,
      ([row]) => row?.kind === "tool" && row.name === "get_ticket",
    );
  });

  it("is named beside the age of the data", async () => {
    await filter("overridden, disabled");
    const hang = { kind: "reset", match: { method: "GET", path: "/servers$", count: 0 } } as const;
    await suite.account.emulator.set({ faults: [hang] });
    void run(COMMANDS.refresh);
    const told = await until(message, (words) => words?.startsWith("Cloudflare can't") === true);
    match(
      told ?? "",
      /^Cloudflare can't be reached\. Showing the servers as of .+\. Showing only what is disabled or is overridden: 3 servers with 6 tools and prompts\.$/,
    );
    await suite.account.emulator.reset();
    await run(COMMANDS.refresh);
  });

  it("asks for its kinds, with the number of rows of each", async () => {
    const done = run(COMMANDS.filter);
    await until(
      () => suite.person.inputs.at(-1) ?? "",
      (asked) => asked.includes("2 servers with 2 tools and prompts"),
    );
    await run("workbench.action.closeQuickOpen");
    await done;
    equal((await labels()).length, 10);
  });

  it("says when no row matches, and how to clear it", async () => {
    await filter("disabled");
    const servers = ["observability", "shop"];
    for (const server of servers) {
      await suite.account.emulator.write({ server, patch: { updated_tools: [] } });
    }
    await run(COMMANDS.refresh);
    deepEqual(await treeOf(suite.account.exports), []);
    equal(message(), "Nothing here is disabled. Clear the filter to see everything.");
  });
});
