import * as vscode from "vscode";
import type { TestAccount } from "./fixture.ts";
import { run } from "./run.ts";
import { until } from "./screen.ts";

export function documentUri({ emulator }: TestAccount, serverId: string): vscode.Uri {
  return vscode.Uri.from({
    scheme: "mcp-portals",
    path: `/${emulator.accountId}/servers/${serverId}.mcp-server.json`,
  });
}

export function ruleOf({ code }: vscode.Diagnostic): unknown {
  return typeof code === "object" ? code.value : code;
}

/**
 * The quick fix for the first problem of a rule in a server's document, as the lightbulb shows it.
 */
export async function quickFix(
  account: TestAccount,
  serverId: string,
  rule: string,
  title: string,
): Promise<vscode.CodeAction> {
  const is = (action: vscode.CodeAction): boolean => action.title === title;
  // The window learns of problems a moment after the extension has set them.
  const offered = await until(
    () => quickFixes(account, serverId, rule),
    (actions) => actions.some(is),
  );
  const action = offered.find(is);
  if (action === undefined) {
    throw new Error(`"${title}" isn't offered.`);
  }
  return action;
}

export async function quickFixes(
  account: TestAccount,
  serverId: string,
  rule: string,
): Promise<readonly vscode.CodeAction[]> {
  const uri = documentUri(account, serverId);
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
  const diagnostic = await until(
    () => vscode.languages.getDiagnostics(uri).find((each) => ruleOf(each) === rule),
    (found) => found !== undefined,
  );
  return quickFixesAt(uri, diagnostic?.range ?? new vscode.Range(0, 0, 0, 0));
}

/** What the lightbulb offers. VS Code cancels the question when the document changes under it. */
export async function quickFixesAt(
  uri: vscode.Uri,
  range: vscode.Range,
): Promise<readonly vscode.CodeAction[]> {
  for (;;) {
    try {
      return await run<vscode.CodeAction[]>(
        "vscode.executeCodeActionProvider",
        uri,
        range,
        vscode.CodeActionKind.QuickFix.value,
      );
    } catch (error) {
      if (!(error instanceof Error && error.name === "Canceled")) {
        throw error;
      }
    }
  }
}

/** Applies a quick fix like a click. Resolves when it has ended. */
export async function applyFix({ edit, command }: vscode.CodeAction): Promise<void> {
  if (edit !== undefined) {
    await vscode.workspace.applyEdit(edit);
  }
  if (command !== undefined) {
    await run(command.command, ...(command.arguments ?? []));
  }
}
