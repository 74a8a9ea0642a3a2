import * as vscode from "vscode";
import { isRefusedCode } from "./refused.ts";

const HEADING = /^## `?([\w-]+\/[\w-]+)`?/;

/**
 * Where each code is explained: in the extension's own copy of docs/checks.md, so offline too. A
 * translation stands beside it, as docs/checks.de.md.
 */
export class Explanations {
  #page: vscode.Uri;
  readonly #lines = new Map<string, number>();

  /** @param language VS Code's display language */
  constructor(extension: vscode.Uri, language: string) {
    const page = (name: string) => vscode.Uri.joinPath(extension, "docs", name);
    this.#page = page("checks.md");
    // Until it's read, a link opens the page at its beginning.
    void this.#load([page(`checks.${language}.md`), this.#page]);
  }

  of(code: string): vscode.Uri {
    const line = this.#lines.get(isRefusedCode(code) ? "api/number" : code);
    return line === undefined ? this.#page : this.#page.with({ fragment: `L${line}` });
  }

  /** The first that is there. */
  async #load(pages: readonly vscode.Uri[]): Promise<void> {
    for (const page of pages) {
      const bytes = await Promise.resolve(vscode.workspace.fs.readFile(page)).catch(
        () => undefined,
      );
      if (bytes === undefined) continue;
      this.#page = page;
      this.#read(new TextDecoder().decode(bytes));
      return;
    }
  }

  #read(text: string): void {
    for (const [index, line] of text.split("\n").entries()) {
      const [, code] = HEADING.exec(line) ?? [];
      if (code !== undefined) this.#lines.set(code, index + 1);
    }
  }
}
