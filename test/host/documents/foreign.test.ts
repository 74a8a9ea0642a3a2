import { deepEqual, equal, ok } from "node:assert/strict";
import { COMMANDS } from "../../../src/manifest.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";

describe("A server's document that others change too", () => {
  const suite = setUpSuite({ opensDocs: true });

  it("follows the server while it is clean", async () => {
    await suite.foreign({ name: "Documentation" });
    await suite.editing.untilText((text) => text.includes('"Documentation"'));
    equal(suite.editing.document.isDirty, false);
  });

  it("merges what somebody else saved meanwhile, and says that there is a newer version", async () => {
    await suite.editing.replace(
      '"get_page": { "enabled": true }',
      '"get_page": { "enabled": false }',
    );
    await suite.foreign({ updated_tools: [{ name: "search_docs", alias: "theirs" }] });
    const told = await suite.person.message(/has changed at Cloudflare/);
    deepEqual(told.buttons, ["Show Differences"]);
    ok((await suite.editing.lenses()).some((title) => title.includes("Newer at Cloudflare")));
    ok(!suite.editing.text.includes("theirs"));
    equal(await suite.editing.save(), true);
    deepEqual(await suite.account.putBodies(), [
      {
        updated_tools: [
          { name: "search_docs", alias: "theirs" },
          { name: "get_page", enabled: false },
        ],
      },
    ]);
    await suite.editing.untilText((text) => text.includes("theirs") && text.includes("false }"));
    ok(!(await suite.editing.lenses()).some((title) => title.includes("Newer")));
  });

  it("isn't said to have changed by what this window couldn't write", async () => {
    await suite.editing.replace('"Docs"', '"Documentation"');
    await suite.account.emulator.set({
      faults: [{ kind: "status", status: 400, code: 7001, match: { method: "PUT" } }],
    });
    await run(COMMANDS.disable, suite.account.capability("tool", "docs", "get_page"));
    const isNews = ({ text }: { text: string }) => text.includes("has changed at Cloudflare");
    deepEqual(suite.person.messages.filter(isNews), []);
    await suite.account.emulator.set({ faults: [] });
    await run(COMMANDS.disable, suite.account.capability("tool", "docs", "get_page"));
    await suite.person.message(/has changed at Cloudflare/);
    equal(await suite.editing.save(), true);
  });

  it("merges somebody else's save that this window hasn't seen yet", async () => {
    await suite.editing.replace('"Docs"', '"Documentation"');
    await suite.account.emulator.write({ server: "docs", patch: { description: "Theirs" } });
    equal(await suite.editing.save(), true);
    deepEqual(await suite.account.putBodies(), [{ name: "Documentation" }]);
    await suite.editing.untilText((text) => text.includes("Theirs"));
  });

  it("asks where both changed the same, and keeps the text until it is decided", async () => {
    await suite.editing.replace('"Docs"', '"Mine"');
    await suite.account.emulator.write({ server: "docs", patch: { name: "Theirs" } });
    const saving = suite.editing.save();
    await suite.person.untilShown(/changed by somebody else too/);
    await run("workbench.action.closeQuickOpen");
    equal(await saving, false);
    ok(suite.editing.document.isDirty && suite.editing.text.includes('"Mine"'));
    deepEqual(await suite.account.putBodies(), []);
    const again = suite.editing.save();
    await suite.person.untilShown(/changed by somebody else too/);
    await suite.person.choose("Use Mine");
    equal(await again, true);
    deepEqual(await suite.account.putBodies(), [{ name: "Mine" }]);
  });
});
