import * as vscode from "vscode";
import { isRefusedCode } from "./refused.ts";

const HEADING = /^## `?([\w-]+\/[\w-]+)`?/;

/** Where each code is explained: in the extension's own copy of docs/checks.md, so offline too. */
export class Explanations {
  readonly #page: vscode.Uri;
  readonly #lines = new Map<string, number>();

  constructor(extension: vscode.Uri) {
    this.#page = vscode.Uri.joinPath(extension, "docs", "checks.md");
    // Until it's read, a link opens the page at its beginning.
    vscode.workspace.fs.readFile(this.#page).then(
      (bytes) => this.#read(new TextDecoder().decode(bytes)),
      () => undefined,
    );
  }

  of(code: string): vscode.Uri {
    const line = this.#lines.get(isRefusedCode(code) ? "api/number" : code);
    return line === undefined ? this.#page : this.#page.with({ fragment: `L${line}` });
  }

  #read(text: string): void {
    for (const [index, line] of text.split("\n").entries()) {
      const [, code] = HEADING.exec(line) ?? [];
      if (code !== undefined) this.#lines.set(code, index + 1);
    }
  }
}
