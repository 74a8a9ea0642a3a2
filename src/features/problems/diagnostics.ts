import * as vscode from "vscode";
import { TimeSlicer } from "../../base/async.ts";
import type { Ref } from "../../domain/changes/change.ts";
import type { Finding, Severity } from "../../domain/checks/finding.ts";
import { placeOfFinding } from "../../domain/checks/findingPlace.ts";
import { placesIn, type Span } from "../../domain/documents/places.ts";
import type { DocumentProblem } from "../../domain/documents/problem.ts";
import type { ResourceDocument } from "../../domain/documents/resourceDocument.ts";
import { portalRef } from "../../domain/portals/portalKind.ts";
import { serverRef } from "../../domain/servers/serverKind.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import { PROBLEMS_SOURCE } from "../../manifest.ts";
import {
  type Described,
  documentUri,
  findDocument,
  markedByVsCode,
  OUR_DOCUMENTS,
  onDocument,
  onDocumentAtRest,
  openDocument,
  parseDocumentUri,
  positionsIn,
} from "../documents/index.ts";
import { isRefusedCode } from "./accountChecks.ts";
import type { Drafts } from "./drafts.ts";
import type { Findings } from "./findings.ts";

/** Documents whose problems are shown at once, as after an edit. */
const FEW = 30;

/**
 * Shows all findings in the Problems view. For a document with unsaved changes it shows those of
 * its text.
 */
export class ProblemsPanel {
  readonly #collection = vscode.languages.createDiagnosticCollection("mcpPortals");
  readonly #store: ReadonlyStore;
  readonly #findings: Findings;
  readonly #drafts: Drafts;
  readonly #explanations: Explanations;
  /** Documents with unsaved changes, by URI. */
  readonly #dirty = new Set<string>();
  /** The servers and portals that have other findings than are shown. */
  readonly #due = new Map<string, Ref>();
  #showing = false;
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(
    store: ReadonlyStore,
    findings: Findings,
    drafts: Drafts,
    explanations: Explanations,
  ) {
    this.#store = store;
    this.#findings = findings;
    this.#drafts = drafts;
    this.#explanations = explanations;
    this.#subscriptions = [
      findings.onDidChange(({ servers, portals }) => {
        const refs = [
          ...servers.map(({ accountId, serverId }) => serverRef(accountId, serverId)),
          ...portals.map(({ accountId, portalId }) => portalRef(accountId, portalId)),
        ];
        for (const ref of refs) {
          this.#due.set(JSON.stringify(ref), ref);
        }
        void this.#showAll();
      }),
      onDocument((document) => {
        if (document.isDirty) {
          drafts.prepare(document);
        }
      }),
      onDocumentAtRest((document) => this.#update(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        const ref = parseDocumentUri(uri);
        // The unsaved changes are gone with the document.
        if (this.#clean(uri) && ref !== undefined) {
          this.#show(ref);
        }
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
    this.#due.clear();
    this.#collection.dispose();
  }

  /**
   * Sets one document at a time, because in bulk VS Code keeps about 1,100 problems in all. Yields
   * between turns. Many begin in a turn of their own, because finding them has filled this one.
   */
  async #showAll(): Promise<void> {
    if (this.#showing) {
      return;
    }
    this.#showing = true;
    const turns = new TimeSlicer();
    try {
      if (this.#due.size > FEW) {
        await turns.next();
      }
      for (const [key, ref] of this.#due) {
        if (turns.isOver) {
          await turns.next();
        }
        if (this.#due.delete(key)) {
          this.#show(ref);
        }
      }
    } finally {
      this.#showing = false;
    }
  }

  #show(ref: Ref): void {
    const uri = documentUri(ref);
    const open = openDocument(uri);
    const { state } = this.#store;
    if (open?.isDirty) {
      this.#dirty.add(uri.toString());
    }
    const shown = open?.isDirty
      ? shownInDraft(open, OUR_DOCUMENTS.describe(state, open), this.#drafts.findings(open))
      : shownInResource(findDocument(state, ref), this.#findings.ofResource(ref));
    if (shown.problems.length === 0) {
      this.#collection.delete(uri);
    } else {
      this.#collection.set(uri, diagnosticsOf(shown, this.#explanations));
    }
  }

  #update(document: vscode.TextDocument): void {
    const ref = parseDocumentUri(document.uri);
    const concerned = document.isDirty || this.#clean(document.uri);
    if (ref !== undefined && concerned) {
      this.#show(ref);
    }
  }

  /**
   * Forgets a document's unsaved changes. Returns whether it had any. Frees the drafts' indexes
   * after the last one.
   */
  #clean(uri: vscode.Uri): boolean {
    const wasDirty = this.#dirty.delete(uri.toString());
    if (this.#dirty.size === 0) {
      this.#drafts.forget();
    }
    return wasDirty;
  }
}

export function diagnosticsOf(
  { text, problems }: Shown,
  explanations: Pick<Explanations, "of">,
): readonly vscode.Diagnostic[] {
  const position = positionsIn(text);
  return problems.map(({ code, severity, message, span }) => {
    const range = new vscode.Range(position(span.offset), position(span.offset + span.length));
    const diagnostic = new vscode.Diagnostic(range, message, SEVERITIES[severity]);
    diagnostic.source = PROBLEMS_SOURCE;
    diagnostic.code = { value: code, target: explanations.of(code) };
    return diagnostic;
  });
}

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** VS Code silently drops further diagnostics of a document. */
const MOST_PER_DOCUMENT = 1000;

export interface Located {
  readonly finding: Finding;
  readonly span: Span;
}

const ORDER: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2, hint: 3 };

/** The place of each finding in a document's text, the most severe first. */
export function locateAll(text: string, findings: readonly Finding[]): readonly Located[] {
  const places = placesIn(text);
  return [...findings]
    .sort((one, other) => ORDER[one.severity] - ORDER[other.severity])
    .slice(0, MOST_PER_DOCUMENT)
    .map((finding) => ({
      finding,
      span: placeOfFinding(text, places, finding),
    }));
}

/** The problems of a text, with their places. */
interface Shown {
  readonly text: string;
  readonly problems: readonly ShownProblem[];
}

interface ShownProblem {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
}

const NONE: Shown = { text: "", problems: [] };

/** @param seen undefined where the resource is gone */
function shownInResource(seen: ResourceDocument | undefined, findings: readonly Finding[]): Shown {
  if (seen === undefined || findings.length === 0) {
    return NONE;
  }
  return { text: seen.text, problems: located(seen.text, findings) };
}

/**
 * Problems that prevent saving come before those that the saved text would have.
 * @param described undefined where the resource is gone
 */
export function shownInDraft(
  draft: vscode.TextDocument,
  described: Described | undefined,
  findings: readonly Finding[],
): Shown {
  if (described === undefined) {
    return NONE;
  }
  const text = draft.getText();
  const mistakes = mistakesIn(draft, described, findings);
  const problems = [
    ...mistakes.map((mistake) => ({ ...mistake, severity: "error" as const })),
    ...located(text, findings),
  ];
  return { text, problems: problems.slice(0, MOST_PER_DOCUMENT) };
}

function located(text: string, findings: readonly Finding[]): readonly ShownProblem[] {
  return locateAll(text, findings).map(({ finding: { rule, severity, message }, span }) => ({
    code: rule,
    severity,
    message,
    span,
  }));
}

/**
 * Problems that prevent saving and that nothing else reports. The rules about aliases report them
 * too, unless somebody turned them off, and VS Code reports syntax errors, in files by the schema more.
 */
function mistakesIn(
  document: vscode.TextDocument,
  described: Described,
  findings: readonly Finding[],
): readonly DocumentProblem[] {
  const text = document.getText();
  const mistakes = described.mistakes(text);
  if (mistakes.length === 0) {
    return mistakes;
  }
  const places = placesIn(text);
  const told = new Set(
    findings
      .filter(({ severity }) => severity !== "hint")
      .map(({ rule, path }) => `${rule} ${places.value(path)?.offset}`),
  );
  const marked = markedByVsCode(document);
  return mistakes.filter(
    ({ code, span }) => !marked.has(code) && !told.has(`${code} ${span.offset}`),
  );
}

const HEADING = /^## `?([\w-]+\/[\w-]+)`?/;

/**
 * Finds the explanation of each code in the extension's own copy of docs/checks.md, so that it is
 * available offline. A translation is a file next to it, such as docs/checks.de.md.
 */
export class Explanations {
  #page: vscode.Uri;
  readonly #lines = new Map<string, number>();

  /** @param language VS Code's display language */
  constructor(extension: vscode.Uri, language: string) {
    const page = (name: string) => vscode.Uri.joinPath(extension, "docs", name);
    this.#page = page("checks.md");
    // Until the page is read, links open its beginning.
    void this.#load([page(`checks.${language}.md`), this.#page]);
  }

  of(code: string): vscode.Uri {
    const line = this.#lines.get(isRefusedCode(code) ? "api/number" : code);
    return line === undefined ? this.#page : this.#page.with({ fragment: `L${line}` });
  }

  /** Loads the first page that exists. */
  async #load(pages: readonly vscode.Uri[]): Promise<void> {
    for (const page of pages) {
      const bytes = await Promise.resolve(vscode.workspace.fs.readFile(page)).catch(
        () => undefined,
      );
      if (bytes === undefined) {
        continue;
      }
      this.#page = page;
      this.#read(new TextDecoder().decode(bytes));
      return;
    }
  }

  #read(text: string): void {
    for (const [index, line] of text.split("\n").entries()) {
      const [, code] = HEADING.exec(line) ?? [];
      if (code !== undefined) {
        this.#lines.set(code, index + 1);
      }
    }
  }
}
