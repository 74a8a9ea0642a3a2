import { equal } from "node:assert/strict";
import type { Emulator } from "../../harness/emulator.ts";
import { pasteToken } from "../support/accounts.ts";
import { Editing } from "../support/documents.ts";
import { startLastingEmulator } from "../support/lastingEmulator.ts";
import { QuickInputDriver } from "../support/person.ts";
import { treeOf, until } from "../support/screen.ts";
import { activated, setApiRoot } from "../support/signedIn.ts";

/** What is left dirty here is looked at in the next window, in documents.after.test.ts. */
describe("A document with changes before a restart", () => {
  let emulator: Emulator;

  it("isn't saved when the window closes", async () => {
    const exports = await activated();
    emulator = await startLastingEmulator();
    await setApiRoot(emulator.url);
    const person = new QuickInputDriver();
    await pasteToken(person, emulator.token);
    await until(
      () => treeOf(exports),
      (tree) => tree.length > 0,
    );
    const editing = await Editing.open({ emulator }, "docs");
    await editing.replace('"Docs"', '"Handbook"');
    equal(editing.document.isDirty, true);
    person.leave();
  });
});
