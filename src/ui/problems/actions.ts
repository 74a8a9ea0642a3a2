import * as vscode from "vscode";
import { FIX_COMMANDS, PROBLEMS_SOURCE } from "../../contributions.ts";
import type { Finding } from "../../model/checks/finding.ts";
import { parseServerUri, type ServerAddress } from "../documents/uri.ts";
import type { Drafts } from "./drafts.ts";
import { fixables } from "./fixables.ts";
import { fixKindInWords } from "./fixKindWords.ts";
import { locateAll } from "./located.ts";
import type { Problems } from "./problems.ts";
import { type Remedy, remediesOf, remedyKey } from "./remedies.ts";
import { textFix } from "./textFix.ts";

/** What can be done at each of these problems. */
export function actionsAt(
  problems: Problems,
  drafts: Drafts,
  document: vscode.TextDocument,
  diagnostics: readonly vscode.Diagnostic[],
): vscode.CodeAction[] {
  return once(
    diagnostics.flatMap((diagnostic) => actionsOf(problems, drafts, document, diagnostic)),
  );
}

interface Offer {
  readonly key: string;
  readonly action: vscode.CodeAction;
}

/** What helps against several problems stands there once, for all of them. */
function once(offers: readonly Offer[]): vscode.CodeAction[] {
  const actions = new Map<string, vscode.CodeAction>();
  for (const { key, action } of offers) {
    const known = actions.get(key);
    if (known === undefined) actions.set(key, action);
    else known.diagnostics = [...(known.diagnostics ?? []), ...(action.diagnostics ?? [])];
  }
  return [...actions.values()];
}

function actionsOf(
  problems: Problems,
  drafts: Drafts,
  document: vscode.TextDocument,
  diagnostic: vscode.Diagnostic,
): readonly Offer[] {
  const address = parseServerUri(document.uri);
  const server = address && problems.server(address);
  if (diagnostic.source !== PROBLEMS_SOURCE || address === undefined || server === undefined) {
    return [];
  }
  const finding = findingAt(drafts, document, diagnostic);
  if (finding === undefined) return [];
  const remedies = remediesOf(problems, address, drafts.server(document) ?? server, finding);
  const offers = remedies.map((remedy) => ({
    key: remedyKey(remedy),
    action: actionOf(document, remedy, diagnostic),
  }));
  const [first] = remedies;
  if (first?.fix !== undefined && offers[0] !== undefined) offers[0].action.isPreferred = true;
  const all = document.isDirty ? [] : allOfAKind(problems, address, remedies, diagnostic);
  return [...offers.slice(0, -1), ...all, ...offers.slice(-1)];
}

function actionOf(
  document: vscode.TextDocument,
  { title, command, request, fix }: Remedy,
  diagnostic: vscode.Diagnostic,
): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  // An edit of the engine would be lost on somebody who is about to save another one.
  if (fix !== undefined && document.isDirty) action.edit = textFix(document, fix.edit);
  else action.command = { title, command, arguments: [request] };
  return action;
}

function allOfAKind(
  problems: Problems,
  { accountId }: ServerAddress,
  remedies: readonly Remedy[],
  diagnostic: vscode.Diagnostic,
): readonly Offer[] {
  return remedies.flatMap(({ fix, request }) => {
    const count = fix && fixables(problems, [accountId], request.rule, fix.kind).length;
    if (fix === undefined || count === undefined || count < 2) return [];
    const title = vscode.l10n.t(
      "{0} (all {1} of {2})…",
      fixKindInWords(fix.kind),
      count,
      request.rule,
    );
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.diagnostics = [diagnostic];
    action.command = { title, command: FIX_COMMANDS.applyAll, arguments: [request] };
    return [{ key: title, action }];
  });
}

/** The finding that a diagnostic was made of: VS Code hands out copies of what it was given. */
function findingAt(
  drafts: Drafts,
  document: vscode.TextDocument,
  diagnostic: vscode.Diagnostic,
): Finding | undefined {
  const { code, range, message } = diagnostic;
  const rule = typeof code === "object" ? code.value : code;
  const same = locateAll(document.getText(), drafts.findings(document)).filter(
    ({ finding }) => finding.rule === rule && finding.message === message,
  );
  const offset = document.offsetAt(range.start);
  // Right after a write the editor still has the text from before, and offsets may differ.
  const found = same.length === 1 ? same[0] : same.find(({ span }) => span.offset === offset);
  return found?.finding;
}
