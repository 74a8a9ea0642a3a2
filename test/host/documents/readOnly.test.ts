import { equal } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS } from "../../../src/manifest.ts";
import { Editing } from "../support/documents.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";

describe("A document of a read-only account", () => {
  const { account, person } = setUpSuite();

  it("is read-only as soon as that is known", async () => {
    const editing = await Editing.open(account, "docs");
    await account.emulator.set({
      faults: [{ kind: "status", status: 403, code: 10000, match: { method: "PUT" } }],
    });
    await run(COMMANDS.disable, account.capability("tool", "docs", "get_page"));
    await person.message(/wasn't saved/);
    const { permissions } = await vscode.workspace.fs.stat(editing.document.uri);
    equal(permissions, vscode.FilePermission.Readonly);
    await editing.close();
  });
});
