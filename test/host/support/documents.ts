import * as vscode from "vscode";
import type { TestAccount } from "./fixture.ts";
import { run } from "./run.ts";
import { asRead, until } from "./screen.ts";

/** A document in an editor, with methods to change it. */
export class Editing {
  readonly document: vscode.TextDocument;

  constructor({ document }: Pick<vscode.TextEditor, "document">) {
    this.document = document;
  }

  static async open(
    { emulator }: Pick<TestAccount, "emulator">,
    id: string,
    kind: "server" | "portal" = "server",
  ): Promise<Editing> {
    const uri = vscode.Uri.from({
      scheme: "mcp-portals",
      path: `/${emulator.accountId}/${kind}s/${id}.mcp-${kind}.json`,
    });
    const document = await vscode.workspace.openTextDocument(uri);
    return new Editing(await vscode.window.showTextDocument(document, { preview: false }));
  }

  get text(): string {
    return this.document.getText();
  }

  get problems(): readonly string[] {
    return vscode.languages
      .getDiagnostics(this.document.uri)
      .filter(({ source }) => source === "MCP Portals")
      .map(({ range, code, message }) => {
        const id = typeof code === "object" ? code.value : code;
        return `${this.document.getText(range)} ${id}: ${message}`;
      });
  }

  /** The CodeLenses in the editor. */
  async lenses(): Promise<readonly string[]> {
    const found = await run<vscode.CodeLens[]>("vscode.executeCodeLensProvider", this.document.uri);
    return found.map(({ command }) => command?.title ?? "");
  }

  /** The inlay hints in the editor, each with the line behind which it stands. */
  async hints(): Promise<readonly string[]> {
    const { document } = this;
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const found = await run<vscode.InlayHint[]>(
      "vscode.executeInlayHintProvider",
      document.uri,
      whole,
    );
    return found.map(({ label, position }) => {
      const words = typeof label === "string" ? label : label.map(({ value }) => value).join("");
      return `${document.lineAt(position).text.trim()} ${words}`;
    });
  }

  /** What the editor says where somebody points at the first occurrence of a text. */
  async hover(text: string): Promise<string> {
    const found = await run<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      this.document.uri,
      this.document.positionAt(this.text.indexOf(text) + 1),
    );
    return found
      .flatMap(({ contents }) => contents)
      .map((content) => (typeof content === "string" ? content : asRead(content.value)))
      .join("\n");
  }

  /** Replaces the first occurrence of `before`. */
  async replace(before: string, after: string): Promise<void> {
    const at = this.text.indexOf(before);
    if (at === -1) {
      throw new Error(`"${before}" isn't in ${this.text}`);
    }
    await this.#put(at, before.length, after);
  }

  async replaceAll(text: string): Promise<void> {
    await this.#put(0, this.text.length, text);
  }

  /**
   * Saves the document. `document.isDirty` tells whether it was saved, because a refused save shows
   * an error and resolves.
   */
  async save(): Promise<boolean> {
    return this.document.save();
  }

  async untilText(holds: (text: string) => boolean): Promise<void> {
    await until(
      () => this.text,
      (text) => holds(text),
    );
  }

  async close(): Promise<void> {
    await vscode.window.showTextDocument(this.document);
    await run("workbench.action.revertAndCloseActiveEditor");
    await run("workbench.action.closeAllEditors");
  }

  async #put(offset: number, length: number, text: string): Promise<void> {
    const { document } = this;
    const range = new vscode.Range(
      document.positionAt(offset),
      document.positionAt(offset + length),
    );
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, range, text);
    if (!(await vscode.workspace.applyEdit(edit))) {
      throw new Error("The edit wasn't taken.");
    }
  }
}
