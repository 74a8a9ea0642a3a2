import * as vscode from "vscode";
import { errorsAndWarnings } from "../../domain/servers/words.ts";
import { countFindings, findingsOfRow, rowOfUri } from "../display/index.ts";
import type { Findings } from "./findings.ts";

/**
 * Marks rows with problems by icon, number, words and context value. Doesn't set a decoration's
 * colour, which would colour the whole row.
 */
export class RowDecorations implements vscode.FileDecorationProvider {
  readonly #findings: Findings;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #subscriptions: readonly vscode.Disposable[];

  readonly onDidChangeFileDecorations = this.#changed.event;

  constructor(findings: Findings) {
    this.#findings = findings;
    this.#subscriptions = [
      findings.onDidChange(() => this.#changed.fire(undefined)),
      vscode.window.registerFileDecorationProvider(this),
    ];
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    const target = rowOfUri(uri);
    if (target === undefined) {
      return undefined;
    }
    const { errors, warnings } = countFindings(findingsOfRow(this.#findings, target));
    if (errors + warnings === 0) {
      return undefined;
    }
    return {
      badge: errors + warnings > 99 ? "99" : String(errors + warnings),
      tooltip: errorsAndWarnings(errors, warnings),
      propagate: false,
    };
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
    this.#changed.dispose();
  }
}
