import * as vscode from "vscode";
import type { Exports } from "../../../src/extension.ts";
import { SETTINGS } from "../../../src/manifest.ts";
import type { Target } from "../../../src/target.ts";
import type { QuickInputDriver } from "./quickInputDriver.ts";
import { problems, treeOf } from "./screen.ts";
import type { Place } from "./search.ts";

/** All texts of the extension that a person or another program can see now. */
export async function onScreen(
  exports: Exports,
  person: QuickInputDriver,
): Promise<readonly Place[]> {
  const { status, view } = exports;
  return [
    {
      name: "tree and tooltips",
      text: JSON.stringify([await treeOf(exports), await items(exports)]),
    },
    { name: "view", text: JSON.stringify([view.message, view.badge, view.description]) },
    { name: "status bar", text: JSON.stringify([status.text, status.tooltip]) },
    { name: "problems", text: JSON.stringify([problems(), vscode.languages.getDiagnostics()]) },
    { name: "documents", text: (await documents(exports)).join("\n") },
    { name: "inputs", text: person.inputs.join("\n") },
    { name: "messages", text: JSON.stringify(person.messages) },
    {
      name: "settings",
      text: JSON.stringify([
        vscode.workspace.getConfiguration("mcpPortals"),
        vscode.workspace.getConfiguration().inspect(SETTINGS.apiBaseUrl),
      ]),
    },
  ];
}

/** All rows of the tree, with their tooltips. */
async function items({ tree }: Exports): Promise<readonly vscode.TreeItem[]> {
  const nodes = async (node?: Target): Promise<readonly Target[]> => {
    const children = (await tree.getChildren(node)) ?? [];
    return [...children, ...(await Promise.all(children.map(nodes))).flat()];
  };
  return Promise.all(
    (await nodes()).map(async (node) => {
      const item = await tree.getTreeItem(node);
      const token = new vscode.CancellationTokenSource().token;
      return (await tree.resolveTreeItem?.(item, node, token)) ?? item;
    }),
  );
}

async function documents({ tree }: Exports): Promise<readonly string[]> {
  const roots = (await tree.getChildren()) ?? [];
  const servers = roots.flatMap((node) => (node.kind === "server" ? [node] : []));
  const uris = servers.map(({ accountId, serverId }) =>
    vscode.Uri.from({
      scheme: "mcp-portals",
      path: `/${accountId}/servers/${serverId}.mcp-server.json`,
    }),
  );
  const texts = await Promise.all(
    uris.map(async (uri) => Buffer.from(await vscode.workspace.fs.readFile(uri)).toString()),
  );
  return [...texts, ...vscode.workspace.textDocuments.map((document) => document.getText())];
}
