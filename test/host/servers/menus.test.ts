import { deepEqual } from "node:assert/strict";
import { COMMANDS } from "../../../src/manifest.ts";
import type { Target } from "../../../src/target.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";

describe("Menus with several rows", () => {
  const suite = setUpSuite();

  const tool = (name: string): Target => suite.account.capability("tool", "tickets", name);
  const written = (...entries: readonly object[]): readonly string[] => [
    `PUT /servers/tickets ${JSON.stringify({ updated_tools: entries })}`,
  ];

  it("disable those that are on, where rows that are on and off are selected", async () => {
    const rows = [tool("search_tickets"), tool("create_ticket")];
    await run(COMMANDS.disable, rows[0], [rows[0]]);
    await suite.account.emulator.clearLog();
    await run(COMMANDS.disable, rows[0], rows);
    deepEqual(
      await suite.account.puts(),
      written(
        { name: "search_tickets", enabled: false },
        { name: "create_ticket", enabled: false },
      ),
    );
  });

  it("enable those that are off, and write nothing where none is", async () => {
    const rows = [tool("search_tickets"), tool("create_ticket")];
    await run(COMMANDS.enable, rows[1], rows);
    await suite.account.emulator.clearLog();
    await run(COMMANDS.enable, rows[1], rows);
    deepEqual(await suite.account.puts(), []);
    deepEqual(suite.person.messages, []);
  });

  it("reset those that are overridden", async () => {
    const rows = [tool("search_tickets"), tool("create_ticket")];
    await run(COMMANDS.editAlias, rows[1], [], "open_ticket");
    await suite.account.emulator.clearLog();
    await run(COMMANDS.resetOverrides, rows[0], rows);
    deepEqual(
      await suite.account.puts(),
      written({ name: "search_tickets", enabled: true }, { name: "create_ticket", enabled: true }),
    );
    deepEqual(suite.person.messages, []);
  });

  it("change the row whose button was clicked, where the command is for one", async () => {
    const rows = [tool("search_tickets"), tool("create_ticket")];
    await run(COMMANDS.editAlias, rows[1], rows, "open_ticket");
    deepEqual(
      await suite.account.puts(),
      written(
        { name: "search_tickets", enabled: true },
        { name: "create_ticket", alias: "open_ticket", enabled: true },
      ),
    );
  });
});
