const vscode = require("vscode");

/** No setting of VS Code says what a new window shows beside its files: this does, once a profile. */
exports.activate = async (context) => {
  if (context.globalState.get("shown")) {
    return;
  }
  await vscode.commands.executeCommand("workbench.view.extension.mcpPortals");
  await vscode.commands.executeCommand("mcpPortals.openWalkthrough");
  await context.globalState.update("shown", true);
};
