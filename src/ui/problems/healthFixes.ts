import * as vscode from "vscode";
import { LANGUAGE, PROBLEMS_SOURCE, SCHEME, type Target } from "../../contributions.ts";
import { diagnose } from "../../model/doctor/diagnose.ts";
import type { Remedy } from "../../model/doctor/diagnosis.ts";
import type { Server } from "../../model/server.ts";
import { findServer, isReadOnly } from "../../store/state.ts";
import type { ReadonlyStore } from "../../store/store.ts";
import { parseServerUri } from "../documents/uri.ts";
import { remedyAction } from "../remedies.ts";

/** Offers the remedy of a failing server at its problem, and the log beside it. */
export function registerHealthFixes(store: ReadonlyStore): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    { language: LANGUAGE, scheme: SCHEME },
    { provideCodeActions: (document, _range, context) => fixes(store, document.uri, context) },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}

function fixes(
  store: ReadonlyStore,
  uri: vscode.Uri,
  { diagnostics }: vscode.CodeActionContext,
): vscode.CodeAction[] {
  const address = parseServerUri(uri);
  const found = address && findServer(store.state, address.accountId, address.serverId);
  if (address === undefined || found === undefined) return [];
  const target: Target = { kind: "server", ...address };
  return diagnostics.filter(isHealth).flatMap((diagnostic) =>
    remedies(found.server, isReadOnly(store.state, address.accountId)).map((remedy, index) => {
      const action = remedyAction(remedy, target);
      const fix = new vscode.CodeAction(action.title, vscode.CodeActionKind.QuickFix);
      fix.command = { ...action, arguments: [...action.arguments] };
      fix.diagnostics = [diagnostic];
      fix.isPreferred = index === 0;
      return fix;
    }),
  );
}

function isHealth({ source, code }: vscode.Diagnostic): boolean {
  const rule = typeof code === "object" ? code.value : code;
  return source === PROBLEMS_SOURCE && String(rule).startsWith("health/");
}

/** What helps best comes first; trying again and the log are never wrong. */
function remedies(server: Server, readOnly: boolean): readonly Remedy[] {
  const best = diagnose(server)?.remedy ?? "syncAgain";
  const all = new Set<Remedy>([best, "syncAgain", "showLog"]);
  return [...all].filter((remedy) => !readOnly || !WRITING.has(remedy));
}

/** A sync asks for the permission to write, too. */
const WRITING: ReadonlySet<Remedy> = new Set(["setCredentials", "syncAgain"]);
