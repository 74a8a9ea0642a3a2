import * as vscode from "vscode";
import { readJson } from "../../base/json.ts";

/** Rows that a person has dropped in a view. */
export interface Dropped<N> {
  /** The row below the pointer; undefined where there was none. */
  readonly onto: N | undefined;
  /** As another view or extension has given them, so of any shape. */
  readonly rows: readonly unknown[];
}

/**
 * Drags the rows of a view, and takes those of other views. Rows travel as JSON: VS Code passes on
 * either the object or its text.
 */
export class DragAndDrop<N> implements vscode.TreeDragAndDropController<N> {
  readonly dragMimeTypes: readonly string[] = [];
  readonly dropMimeTypes: readonly string[];
  readonly #type: string;
  readonly #dropped: (dropped: Dropped<N>) => unknown;

  /** @param from the ids of the views whose rows may be dropped here */
  constructor(viewId: string, from: readonly string[], dropped: (dropped: Dropped<N>) => unknown) {
    this.#type = typeOf(viewId);
    this.dropMimeTypes = from.map(typeOf);
    this.#dropped = dropped;
  }

  handleDrag(rows: readonly N[], transfer: vscode.DataTransfer): void {
    transfer.set(this.#type, new vscode.DataTransferItem(rows));
  }

  async handleDrop(onto: N | undefined, transfer: vscode.DataTransfer): Promise<void> {
    const items = [...transfer].filter(([type]) => this.dropMimeTypes.includes(type));
    const texts = await Promise.all(items.map(([, item]) => item.asString()));
    // Under the same type VS Code puts a text of its own, which isn't a list.
    const rows = texts.map(readJson).find(Array.isArray);
    if (rows !== undefined) {
      await this.#dropped({ onto, rows });
    }
  }
}

/** The type that VS Code gives to dragged rows of a view. */
function typeOf(viewId: string): string {
  return `application/vnd.code.tree.${viewId.toLowerCase()}`;
}
