import { equal } from "node:assert/strict";
import { pasteToken } from "../support/accounts.ts";
import { Editing } from "../support/documents.ts";
import { setUpSuite } from "../support/fixture.ts";
import { treeOf, until } from "../support/screen.ts";

/** documents.after.test.ts checks the unsaved documents in the next window. */
describe("Documents with changes before a restart", () => {
  const { account, person } = setUpSuite({ restart: "before" });
  before(async () => {
    await pasteToken(person, account.emulator.token);
    await until(
      () => treeOf(account.exports),
      (tree) => tree.length > 0,
    );
  });

  it("aren't saved when the window closes", async () => {
    const server = await Editing.open(account, "docs");
    await server.replace('"Docs"', '"Handbook"');
    const portal = await Editing.open(account, "engineering", "portal");
    await portal.replace('"Engineering"', '"Builders"');
    equal(server.document.isDirty, true);
    equal(portal.document.isDirty, true);
  });
});
