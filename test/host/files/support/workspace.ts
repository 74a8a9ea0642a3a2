import * as vscode from "vscode";

/** The folder that is open in the window. */
export function folder(): vscode.Uri {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  if (first === undefined) {
    throw new Error("No folder is open.");
  }
  return first.uri;
}

export function uriOf(path: string): vscode.Uri {
  return vscode.Uri.joinPath(folder(), path);
}

export async function read(path: string): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uriOf(path)));
}

export async function write(path: string, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(uriOf(path), new TextEncoder().encode(text));
}

/** A browser's VS Code saves by itself, which a desktop's doesn't. */
export function keepUnsaved(): void {
  const autoSave = (value: string | undefined) =>
    vscode.workspace
      .getConfiguration("files")
      .update("autoSave", value, vscode.ConfigurationTarget.Global);
  before(() => autoSave("off"));
  after(() => autoSave(undefined));
}

/** Closes every editor without saving, and takes every file out of the folder. */
export async function clear(): Promise<void> {
  for (const document of vscode.workspace.textDocuments) {
    if (document.isDirty) {
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand("workbench.action.files.revert");
    }
  }
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  for (const [name] of await vscode.workspace.fs.readDirectory(folder())) {
    await vscode.workspace.fs.delete(uriOf(name), { recursive: true });
  }
}

/** Replaces a part of a file's text, in its editor, without saving. */
export async function edit(path: string, from: string, to: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uriOf(path));
  // VS Code keeps a document for a while. Over a file that was written since, it couldn't be saved.
  if (!document.isDirty) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand("workbench.action.files.revert");
  }
  const at = document.getText().indexOf(from);
  if (at < 0) {
    throw new Error(`${path} doesn't have ${from}:\n${document.getText()}`);
  }
  const change = new vscode.WorkspaceEdit();
  change.replace(
    document.uri,
    new vscode.Range(document.positionAt(at), document.positionAt(at + from.length)),
    to,
  );
  await vscode.workspace.applyEdit(change);
  return document;
}
