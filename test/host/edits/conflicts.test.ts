import { deepEqual, equal } from "node:assert/strict";
import { COMMANDS } from "../../../src/manifest.ts";
import type { Target } from "../../../src/target.ts";
import { Editing } from "../support/documents.ts";
import { setUpSuite } from "../support/fixture.ts";
import { progressDuring } from "../support/progress.ts";
import { run } from "../support/run.ts";
import { serverRow, until } from "../support/screen.ts";

describe("Edits that others have a part in", () => {
  const suite = setUpSuite({
    afterEach: async () => {
      await theirs([]);
      await run(COMMANDS.refresh);
    },
  });

  const theirs = (entries: readonly object[]): Promise<void> =>
    suite.account.emulator.write({ server: "tickets", patch: { updated_tools: entries } });
  const tool = (name: string): Target => suite.account.capability("tool", "tickets", name);

  it("of many servers show how many are saved, and end without a message", async () => {
    const servers = ["browser", "docs", "observability", "tickets"].map((id) =>
      suite.account.server(id),
    );
    const { said, cancellable } = await progressDuring(() =>
      run(COMMANDS.disable, servers[0], servers),
    );
    deepEqual(said, [
      "Saving changes",
      "1 of 4 servers",
      "2 of 4 servers",
      "3 of 4 servers",
      "4 of 4 servers",
    ]);
    deepEqual(cancellable, [false]);
    deepEqual(suite.person.messages, []);
    equal((await suite.account.putBodies()).length, 4);
    const few = servers.slice(1);
    deepEqual((await progressDuring(() => run(COMMANDS.enable, few[0], few))).said, []);
    await run(COMMANDS.enable, servers[0], servers);
    equal((await serverRow(suite.account.exports, "Browser"))?.description, "8 tools");
  });

  it("are resolved field by field, in a document", async () => {
    const editing = await Editing.open(suite.account, "tickets");
    await editing.replace(
      '"search_tickets": { "enabled": true }',
      '"search_tickets": { "enabled": true, "alias": "my_search" }',
    );
    await editing.replace(
      '"create_ticket": { "enabled": true }',
      '"create_ticket": { "enabled": true, "alias": "my_create" }',
    );
    await theirs([
      { name: "search_tickets", alias: "their_search" },
      { name: "create_ticket", alias: "their_create" },
    ]);
    const saving = editing.save();
    await suite.person.choose("Choose for Each of 2");
    await suite.person.toggle("alias of create_ticket");
    await suite.person.accept();
    equal(await saving, true);
    deepEqual(await suite.account.putBodies(), [
      {
        updated_tools: [
          { name: "search_tickets", alias: "their_search" },
          { name: "create_ticket", alias: "my_create" },
        ],
      },
    ]);
    await editing.untilText((text) => text.includes("their_search") && text.includes("my_create"));
    equal(editing.document.isDirty, false);
    await editing.close();
  });

  it("are resolved field by field, from the message about an edit in the tree", async () => {
    await theirs([
      { name: "search_tickets", description: "Before" },
      { name: "create_ticket", description: "Before" },
    ]);
    await run(COMMANDS.refresh);
    await theirs([
      { name: "search_tickets", description: "Theirs" },
      { name: "create_ticket", description: "Theirs" },
    ]);
    await suite.account.emulator.clearLog();
    const both = [tool("search_tickets"), tool("create_ticket")];
    await run(COMMANDS.resetOverrides, both[0], both);
    deepEqual(await suite.account.putBodies(), []);
    const told = await suite.person.message(/meanwhile/u);
    deepEqual(told.buttons, ["Choose…", "Keep Theirs"]);
    told.press("Choose…");
    await suite.person.choose("Choose for Each of 2");
    await suite.person.toggle("description of search_tickets");
    await suite.person.accept();
    await until(
      () => suite.account.putBodies(),
      (sent) => sent.length > 0,
    );
    deepEqual(await suite.account.putBodies(), [
      { updated_tools: [{ name: "create_ticket", description: "Theirs" }] },
    ]);
  });

  it("that got no answer are reported when they turn out to be saved", async () => {
    await suite.account.emulator.set({ faults: [{ kind: "reset", match: { method: "PUT" } }] });
    await run(COMMANDS.editAlias, tool("search_tickets"), [], "late");
    const told = await suite.person.message(/wasn't saved/u);
    deepEqual(told.buttons, ["Try Again"]);
    await run(COMMANDS.refresh);
    deepEqual(suite.person.messages, []);
    await theirs([{ name: "search_tickets", alias: "late" }]);
    await run(COMMANDS.refresh);
    const after = await suite.person.message(/after all/u);
    equal(after.text, "Tickets: alias of search_tickets was saved after all.");
    await run(COMMANDS.refresh);
    deepEqual(suite.person.messages, []);
  });
});
