const vscode = require("vscode");

/** No setting of VS Code says which side bar a new window shows: this does, once a profile. */
exports.activate = async (context) => {
  if (context.globalState.get("shown")) return;
  await vscode.commands.executeCommand("workbench.view.extension.mcpPortals");
  await context.globalState.update("shown", true);
};
