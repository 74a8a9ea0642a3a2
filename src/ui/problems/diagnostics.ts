import * as vscode from "vscode";
import { PROBLEMS_SOURCE } from "../../contributions.ts";
import { checkServer } from "../../model/checks/check.ts";
import type { Finding, Severity } from "../../model/checks/finding.ts";
import { locate, serverDocument } from "../../model/document.ts";
import type { Server } from "../../model/server.ts";
import type { State } from "../../store/state.ts";
import type { ReadonlyStore } from "../../store/store.ts";
import { serverUri } from "../documents/uri.ts";

/** VS Code drops diagnostics in silence beyond this many of one document. */
const MOST_PER_DOCUMENT = 1000;

/** Keeps the Problems panel equal to what the checks find in the state. */
export function trackProblems(store: ReadonlyStore): readonly vscode.Disposable[] {
  const collection = vscode.languages.createDiagnosticCollection("mcpPortals");
  let shown: ReadonlyMap<string, Server> = new Map();
  const track = (state: State): void => {
    const servers = serversByUri(state);
    for (const key of shown.keys()) {
      if (!servers.has(key)) collection.delete(vscode.Uri.parse(key));
    }
    for (const [key, server] of servers) {
      if (shown.get(key) === server) continue;
      // One document at a time: in bulk VS Code keeps about 1,100 in all.
      collection.set(vscode.Uri.parse(key), diagnosticsOf(server));
    }
    shown = servers;
  };
  track(store.state);
  return [collection, store.onDidChange(track)];
}

function serversByUri(state: State): ReadonlyMap<string, Server> {
  return new Map(
    [...state.accounts.values()].flatMap(({ account, servers }) =>
      [...servers].map(([id, { server }]) => [serverUri(account.id, id).toString(), server]),
    ),
  );
}

function diagnosticsOf(server: Server): readonly vscode.Diagnostic[] {
  const findings = checkServer(server);
  if (findings.length === 0) return [];
  const text = serverDocument(server);
  const position = positions(text);
  return findings.slice(0, MOST_PER_DOCUMENT).map((finding) => {
    const span = locate(text, finding.path) ?? { offset: 0, length: 1 };
    const range = new vscode.Range(position(span.offset), position(span.offset + span.length));
    return diagnosticOf(finding, range);
  });
}

function diagnosticOf(
  { rule, severity, message }: Finding,
  range: vscode.Range,
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(range, message, SEVERITIES[severity]);
  diagnostic.source = PROBLEMS_SOURCE;
  diagnostic.code = rule;
  return diagnostic;
}

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** The document isn't open in most cases, so its positions are counted here. */
function positions(text: string): (offset: number) => vscode.Position {
  const starts = [0, ...[...text.matchAll(/\n/gu)].map(({ index }) => index + 1)];
  return (offset) => {
    const line = starts.findLastIndex((start) => start <= offset);
    return new vscode.Position(line, offset - (starts[line] ?? 0));
  };
}
