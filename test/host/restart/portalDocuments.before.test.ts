import { equal } from "node:assert/strict";
import { pasteToken } from "../support/accounts.ts";
import { Editing } from "../support/documents.ts";
import { setUpSuite } from "../support/fixture.ts";
import { treeOf, until } from "../support/screen.ts";

/** portalDocuments.after.test.ts checks the unsaved document in the next window. */
describe("A portal's document with changes before a restart", () => {
  const { account, person } = setUpSuite({ restart: "before" });

  it("isn't saved when the window closes", async () => {
    await pasteToken(person, account.emulator.token);
    await until(
      () => treeOf(account.exports),
      (tree) => tree.length > 0,
    );
    const editing = await Editing.open(account, "engineering", "portal");
    await editing.replace('"Engineering"', '"Builders"');
    equal(editing.document.isDirty, true);
  });
});
