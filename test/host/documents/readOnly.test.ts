import { equal } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS } from "../../../src/manifest.ts";
import { Editing } from "../support/documents.ts";
import { QuickInputDriver } from "../support/person.ts";
import { run } from "../support/run.ts";
import { type SignedIn, signIn } from "../support/signedIn.ts";

describe("A document of a read-only account", () => {
  let account: SignedIn;
  before(async () => {
    account = await signIn();
  });
  after(() => account.signOut());

  it("is read-only as soon as that is known", async () => {
    const editing = await Editing.open(account, "docs");
    await account.emulator.set({
      faults: [{ kind: "status", status: 403, code: 10000, match: { method: "PUT" } }],
    });
    const person = new QuickInputDriver();
    await run(COMMANDS.disable, account.capability("tool", "docs", "get_page"));
    await person.message(/wasn't saved/);
    person.leave();
    const { permissions } = await vscode.workspace.fs.stat(editing.document.uri);
    equal(permissions, vscode.FilePermission.Readonly);
    await editing.close();
  });
});
