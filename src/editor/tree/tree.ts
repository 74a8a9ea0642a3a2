import * as vscode from "vscode";
import type { Observable } from "../observable.ts";
import { FocusedRow } from "./focusedRow.ts";
import type { TreeModel, TreeNode } from "./treeModel.ts";
import { TreeProvider } from "./treeProvider.ts";

/** A box that somebody ticked or cleared. */
export interface Checked<N> {
  readonly node: N;
  readonly checked: boolean;
}

export interface TreeOptions<N> {
  /** Is told whenever VS Code asks for the rows below one. */
  opened?(node: N): void;
}

type RevealOptions = NonNullable<Parameters<vscode.TreeView<unknown>["reveal"]>[1]>;

const HERE: RevealOptions = { select: true, focus: true, expand: true };

/** A view that shows a model's nodes, several of which can be selected. */
export class Tree<N extends TreeNode, C> {
  readonly view: vscode.TreeView<N>;
  readonly provider: TreeProvider<N, C>;
  /** The row that a key was pressed on. */
  readonly pressed: FocusedRow<N>;
  readonly #checked = new vscode.EventEmitter<readonly Checked<N>[]>();
  readonly #subscriptions: readonly vscode.Disposable[];

  /** Fires with all boxes that one act has changed. The view doesn't change them by itself. */
  readonly onDidCheck = this.#checked.event;

  constructor(
    viewId: string,
    model: TreeModel<N, C>,
    source: Observable<C>,
    options: TreeOptions<N> = {},
  ) {
    this.provider = new TreeProvider(model, source, {
      view: () => this.view,
      opened: (node) => options.opened?.(node),
    });
    this.view = vscode.window.createTreeView(viewId, {
      treeDataProvider: this.provider,
      canSelectMany: true,
      showCollapseAll: true,
      manageCheckboxStateManually: true,
    });
    this.pressed = new FocusedRow(model.id, this.view);
    this.#subscriptions = [
      this.view.onDidCollapseElement(({ element }) => this.provider.noteCollapsed(element)),
      this.view.onDidExpandElement(({ element }) => this.provider.noteExpanded(element)),
      this.view.onDidChangeSelection(() => this.provider.noteActivity()),
      this.view.onDidChangeCheckboxState(({ items }) => {
        this.provider.noteActivity();
        this.#checked.fire(
          items.map(([node, state]) => ({
            node,
            checked: state === vscode.TreeItemCheckboxState.Checked,
          })),
        );
      }),
    ];
  }

  /** Opens what is above a row, and unless told otherwise selects it and moves the focus there. */
  async reveal(row: N, how: RevealOptions = HERE): Promise<void> {
    this.provider.flush();
    await this.view.reveal(this.provider.node(row), how);
  }

  dispose(): void {
    for (const part of [...this.#subscriptions, this.view, this.pressed, this.provider]) {
      part.dispose();
    }
    this.#checked.dispose();
  }
}
