import assert from "node:assert/strict";
import * as vscode from "vscode";
import { activateExtension } from "./support/extension.ts";
import { run } from "./support/run.ts";

describe("Activation", () => {
  it("activates", async () => {
    const extension = await activateExtension();
    assert.equal(extension.isActive, true);
  });

  it("brings the view of servers", async () => {
    const commands = await vscode.commands.getCommands();
    assert.ok(commands.includes("mcpPortals.servers.focus"));
    await run("mcpPortals.servers.focus");
  });
});
