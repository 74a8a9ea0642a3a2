import { setTimeout } from "node:timers/promises";
import * as vscode from "vscode";
import type { Observable } from "../observable.ts";
import { DragAndDrop, type Dropped } from "./dragAndDrop.ts";
import { FocusedRow } from "./focusedRow.ts";
import type { TreeModel, TreeNode } from "./treeModel.ts";
import { COLLECTED_MS, TreeProvider } from "./treeProvider.ts";

/** A checkbox that a person changed. */
export interface Checked<N> {
  readonly node: N;
  readonly checked: boolean;
}

export interface TreeOptions<N> {
  /** Called when VS Code asks for the rows below a node. */
  opened?(node: N): void;
  /** The ids of the views whose rows may be dropped here; none by default. */
  readonly dropsFrom?: readonly string[];
}

type RevealOptions = NonNullable<Parameters<vscode.TreeView<unknown>["reveal"]>[1]>;

const HERE: RevealOptions = { select: true, focus: true, expand: true };

/** About a second, also for a tree that is drawn all the time. */
const MOST_REVEALS = 5;

/** A view that shows the nodes of a model and allows several to be selected. */
export class Tree<N extends TreeNode, C> {
  readonly view: vscode.TreeView<N>;
  readonly provider: TreeProvider<N, C>;
  /** The row on which a key was pressed. */
  readonly pressed: FocusedRow<N>;
  readonly dragAndDrop: DragAndDrop<N>;
  readonly #checked = new vscode.EventEmitter<readonly Checked<N>[]>();
  readonly #dropped = new vscode.EventEmitter<Dropped<N>>();
  readonly #subscriptions: readonly vscode.Disposable[];
  /** Counts them, because a later one counts more. */
  #reveals = 0;

  /** Fires with all checkboxes that one action changed on screen, where nothing else has changed yet. */
  readonly onDidCheck = this.#checked.event;
  /** Fires with rows of other views too. On screen they stay where they are. */
  readonly onDidDrop = this.#dropped.event;

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
    this.dragAndDrop = new DragAndDrop(viewId, options.dropsFrom ?? [], (dropped) =>
      this.#dropped.fire(dropped),
    );
    this.view = vscode.window.createTreeView(viewId, {
      treeDataProvider: this.provider,
      dragAndDropController: this.dragAndDrop,
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

  /** Shows a text above the rows. */
  setMessage(message: string): void {
    this.view.message = message;
    this.provider.noteEvent();
  }

  /** Expands the parents of a row. By default it also selects and focuses the row. */
  async reveal(row: N, how: RevealOptions = HERE): Promise<void> {
    this.#reveals += 1;
    const own = this.#reveals;
    const before = this.view.selection;
    for (let left = MOST_REVEALS; ; left--) {
      this.provider.flush();
      const node = this.provider.node(row);
      // The window refuses a row while it draws the tree, or selects nothing and says nothing.
      const isRefused = await this.view.reveal(node, how).then(
        () => false,
        (error: unknown) => {
          if (left === 1) {
            throw error;
          }
          return true;
        },
      );
      const { selection } = this.view;
      const isDone = !isRefused && (how.select === false || selection.includes(node));
      // A later call, or a person who selects another row, counts more than this one.
      const isOvertaken =
        own !== this.#reveals || selection.some((each) => each !== node && !before.includes(each));
      if (isDone || isOvertaken || left === 1) {
        return;
      }
      await setTimeout(COLLECTED_MS);
    }
  }

  dispose(): void {
    for (const part of [...this.#subscriptions, this.view, this.pressed, this.provider]) {
      part.dispose();
    }
    this.#checked.dispose();
    this.#dropped.dispose();
  }
}
