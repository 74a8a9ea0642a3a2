import * as vscode from "vscode";
import { PROBLEMS_SOURCE, type ServerAddress } from "../../contributions.ts";
import type { Finding, Severity } from "../../model/checks/finding.ts";
import { serverDocument } from "../../model/document.ts";
import { Turns } from "../../store/turns.ts";
import { onDocument, onDocumentAtRest, openDocument } from "../documents/openDocuments.ts";
import { positionsIn } from "../documents/positions.ts";
import { parseServerUri, serverUri } from "../documents/uri.ts";
import type { Drafts } from "./drafts.ts";
import type { Explanations } from "./explanation.ts";
import { locateAll } from "./located.ts";
import type { Problems } from "./problems.ts";

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
        if (this.#dirty.delete(uri.toString()) && address !== undefined) this.#show(address);
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
    const draft = open?.isDirty === true ? open : undefined;
    const server = this.#problems.server(address);
    if (draft) this.#dirty.add(uri.toString());
    const findings = draft ? this.#drafts.findings(draft) : this.#problems.of(address);
    if (server === undefined || findings.length === 0) this.#collection.delete(uri);
    else {
      const text = draft?.getText() ?? serverDocument(server);
      this.#collection.set(uri, this.#diagnostics(text, findings));
    }
  }

  #look(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    const wasDirty = this.#dirty.delete(key);
    if (this.#dirty.size === 0 && !document.isDirty) this.#drafts.forget();
    const address = parseServerUri(document.uri);
    if (address !== undefined && (wasDirty || document.isDirty)) this.#show(address);
  }

  #diagnostics(text: string, findings: readonly Finding[]): readonly vscode.Diagnostic[] {
    const position = positionsIn(text);
    return locateAll(text, findings).map(({ finding, span }) => {
      const { rule, severity, message } = finding;
      const range = new vscode.Range(position(span.offset), position(span.offset + span.length));
      const diagnostic = new vscode.Diagnostic(range, message, SEVERITIES[severity]);
      diagnostic.source = PROBLEMS_SOURCE;
      diagnostic.code = { value: rule, target: this.#explanations.of(rule) };
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
