import * as vscode from "vscode";
import { PROBLEMS_SOURCE, type ServerAddress } from "../../contributions.ts";
import type { Severity } from "../../model/checks/finding.ts";
import { Turns } from "../../store/turns.ts";
import { onDocument, onDocumentAtRest, openDocument } from "../documents/openDocuments.ts";
import { positionsIn } from "../documents/positions.ts";
import { parseServerUri, serverUri } from "../documents/uri.ts";
import type { Drafts } from "./drafts.ts";
import type { Explanations } from "./explanation.ts";
import type { Problems } from "./problems.ts";
import { type Shown, shownInDraft, shownInServer } from "./shown.ts";

/** Keeps the Problems panel equal to what the checks find; in a document as somebody types. */
export class ProblemsPanel {
  readonly #collection = vscode.languages.createDiagnosticCollection("mcpPortals");
  readonly #problems: Problems;
  readonly #drafts: Drafts;
  readonly #explanations: Explanations;
  /** Documents with changes that aren't saved, by URI. */
  readonly #dirty = new Set<string>();
  readonly #due = new Map<string, ServerAddress>();
  #showing = false;
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(problems: Problems, drafts: Drafts, explanations: Explanations) {
    this.#problems = problems;
    this.#drafts = drafts;
    this.#explanations = explanations;
    this.#subscriptions = [
      problems.onDidChange((addresses) => {
        for (const address of addresses) this.#due.set(JSON.stringify(address), address);
        void this.#showAll();
      }),
      onDocument((document) => {
        if (document.isDirty) drafts.prepare(document);
      }),
      onDocumentAtRest((document) => this.#look(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        const address = parseServerUri(uri);
        // What wasn't saved is gone with its document.
        if (this.#clean(uri) && address !== undefined) this.#show(address);
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#due.clear();
    this.#collection.dispose();
  }

  /** One document at a time, since in bulk VS Code keeps about 1,100 problems in all; and in turns. */
  async #showAll(): Promise<void> {
    if (this.#showing) return;
    this.#showing = true;
    const turns = new Turns();
    try {
      for (const [key, address] of this.#due) {
        if (turns.isOver) await turns.next();
        if (this.#due.delete(key)) this.#show(address);
      }
    } finally {
      this.#showing = false;
    }
  }

  #show(address: ServerAddress): void {
    const uri = serverUri(address.accountId, address.serverId);
    const open = openDocument(uri);
    const server = this.#problems.server(address);
    if (open?.isDirty) this.#dirty.add(uri.toString());
    const shown = open?.isDirty
      ? shownInDraft(open, server, this.#drafts.findings(open))
      : shownInServer(server, this.#problems.of(address));
    if (shown.problems.length === 0) this.#collection.delete(uri);
    else this.#collection.set(uri, this.#diagnostics(shown));
  }

  #look(document: vscode.TextDocument): void {
    const address = parseServerUri(document.uri);
    const concerned = document.isDirty || this.#clean(document.uri);
    if (address !== undefined && concerned) this.#show(address);
  }

  /** Whether a document had changes. What was known for the sake of the last one goes with it. */
  #clean(uri: vscode.Uri): boolean {
    const wasDirty = this.#dirty.delete(uri.toString());
    if (this.#dirty.size === 0) this.#drafts.forget();
    return wasDirty;
  }

  #diagnostics({ text, problems }: Shown): readonly vscode.Diagnostic[] {
    const position = positionsIn(text);
    return problems.map(({ code, severity, message, span }) => {
      const range = new vscode.Range(position(span.offset), position(span.offset + span.length));
      const diagnostic = new vscode.Diagnostic(range, message, SEVERITIES[severity]);
      diagnostic.source = PROBLEMS_SOURCE;
      diagnostic.code = { value: code, target: this.#explanations.of(code) };
      return diagnostic;
    });
  }
}

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};
