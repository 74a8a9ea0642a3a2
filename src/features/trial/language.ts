import { findNodeAtLocation, getLocation, parseTree } from "jsonc-parser";
import * as vscode from "vscode";
import {
  describedAt,
  type Proposal,
  proposedProperties,
  proposedValues,
} from "../../domain/trial/argumentsText.ts";
import { appendPlainText } from "../../editor/notifications.ts";
import { TRIAL_COMMANDS } from "../../manifest.ts";
import type { Trials } from "./trials.ts";

/** What helps to write a tool's arguments, by the schema that VS Code has of it. */
export class TrialLanguage
  implements vscode.CodeLensProvider, vscode.CompletionItemProvider, vscode.HoverProvider
{
  readonly #trials: Trials;
  readonly onDidChangeCodeLenses: vscode.Event<void>;

  constructor(trials: Trials) {
    this.#trials = trials;
    this.onDidChangeCodeLenses = trials.onDidChange;
  }

  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    const trial = this.#trials.at(uri.toString());
    if (trial === undefined) {
      return [];
    }
    const lens = (command: string, title: string) =>
      new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), {
        command,
        title,
        arguments: [uri.toString()],
      });
    return [
      lens(TRIAL_COMMANDS.run, vscode.l10n.t("Run")),
      ...(trial.calls.length === 0
        ? []
        : [lens(TRIAL_COMMANDS.again, vscode.l10n.t("Earlier Calls…"))]),
    ];
  }

  provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): vscode.CompletionItem[] {
    const schema = this.#trials.at(document.uri.toString())?.inputSchema;
    const text = document.getText();
    const offset = document.offsetAt(position);
    const { path, isAtPropertyKey, previousNode } = getLocation(text, offset);
    const typed =
      previousNode !== undefined && previousNode.offset + previousNode.length >= offset
        ? new vscode.Range(
            document.positionAt(previousNode.offset),
            document.positionAt(previousNode.offset + previousNode.length),
          )
        : new vscode.Range(position, position);
    if (!isAtPropertyKey) {
      return proposedValues(schema, path).map((each) =>
        itemOf(each, typed, vscode.CompletionItemKind.Value),
      );
    }
    const parent = path.slice(0, -1);
    const hasValue = /^\s*:/.test(text.slice(document.offsetAt(typed.end)));
    return proposedProperties(schema, parent, keysAt(text, parent)).map((each) =>
      itemOf(
        hasValue ? { ...each, insert: JSON.stringify(each.label) } : each,
        typed,
        vscode.CompletionItemKind.Property,
      ),
    );
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const schema = this.#trials.at(document.uri.toString())?.inputSchema;
    const { path } = getLocation(document.getText(), document.offsetAt(position));
    const words = describedAt(schema, path);
    return words === undefined
      ? undefined
      : new vscode.Hover(appendPlainText(new vscode.MarkdownString(), words));
  }
}

function keysAt(text: string, path: readonly (string | number)[]): ReadonlySet<string> {
  const tree = parseTree(text);
  const node = tree && findNodeAtLocation(tree, [...path]);
  // A key without a value is the one that is being typed.
  const whole = node?.children?.filter(({ children = [] }) => children.length > 1) ?? [];
  return new Set(whole.map(({ children = [] }) => String(children[0]?.value)));
}

function itemOf(
  { label, insert, description, isRequired }: Proposal,
  range: vscode.Range,
  kind: vscode.CompletionItemKind,
): vscode.CompletionItem {
  const item = new vscode.CompletionItem(label, kind);
  item.range = range;
  item.insertText = insert;
  item.filterText = insert;
  item.sortText = `${isRequired ? 0 : 1}${label}`;
  if (isRequired) {
    item.detail = vscode.l10n.t("Required");
  }
  if (description !== undefined) {
    item.documentation = appendPlainText(new vscode.MarkdownString(), description);
  }
  return item;
}
