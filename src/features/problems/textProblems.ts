import * as vscode from "vscode";
import type { ReadonlyStore } from "../../engine/store.ts";
import type { DescribedTexts } from "../documents/index.ts";
import { diagnosticsOf, type Explanations, shownInDraft } from "./diagnostics.ts";
import type { Drafts } from "./drafts.ts";
import type { Findings } from "./findings.ts";

/** Milliseconds without a change. As in our documents, checking waits for this pause. */
const REST_MS = 200;

interface TextProblemsParts {
  readonly store: ReadonlyStore;
  readonly findings: Pick<Findings, "onDidChange">;
  readonly drafts: Drafts;
  readonly texts: DescribedTexts;
}

/**
 * Shows in Problems what is wrong with open texts that describe servers and portals. Those of a closed
 * one go, because nothing would tell when they are no longer true.
 */
export class TextProblems implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection("mcpPortalsFiles");
  readonly #parts: TextProblemsParts;
  readonly #explanations: Pick<Explanations, "of">;
  readonly #subscription: vscode.Disposable;
  #waiting: NodeJS.Timeout | undefined;

  constructor(parts: TextProblemsParts, explanations: Pick<Explanations, "of">) {
    this.#parts = parts;
    this.#explanations = explanations;
    const { findings, texts } = parts;
    const isOurs = ({ uri }: vscode.TextDocument): boolean => texts.open().has(uri.toString());
    this.#subscription = vscode.Disposable.from(
      findings.onDidChange(() => this.#showSoon()),
      ...(texts.onDidChange === undefined ? [] : [texts.onDidChange(() => this.#showSoon())]),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (isOurs(document)) {
          this.#showSoon();
        }
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#collection.delete(uri)),
    );
    this.#showSoon();
  }

  dispose(): void {
    clearTimeout(this.#waiting);
    this.#subscription.dispose();
    this.#collection.dispose();
  }

  #showSoon(): void {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.#showAll(), REST_MS);
  }

  /** What hasn't changed since is remembered by the drafts. */
  #showAll(): void {
    const { store, drafts, texts } = this.#parts;
    for (const document of texts.open().values()) {
      const described = texts.describe(store.state, document);
      const shown = shownInDraft(document, described, drafts.findings(document));
      this.#collection.set(document.uri, diagnosticsOf(shown, this.#explanations));
    }
    if (texts.open().size === 0) {
      drafts.forget();
    }
  }
}
