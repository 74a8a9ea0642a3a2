import type * as vscode from "vscode";

/** What a tree can show: plain data that says by `kind` what it stands for. */
export interface TreeNode {
  readonly kind: string;
}

/**
 * All that a tree view has to know of its nodes. Every function is pure: it answers from `context`,
 * an immutable picture of everything that rows are made of.
 */
export interface TreeModel<N extends TreeNode, C> {
  roots(context: C): readonly N[];
  children(context: C, node: N): readonly N[];
  /** Undefined for a root. */
  parent(context: C, node: N): N | undefined;
  /** Unique across the tree and stable: selection, focus and what is expanded hang on it. */
  id(node: N): string;
  item(context: C, node: N): vscode.TreeItem;
  /** Asked when somebody looks at a row. */
  tooltip(context: C, node: N): Promise<vscode.MarkdownString | undefined>;
  /** "all" when roots came, went or moved. */
  changed(before: C, after: C): ChangedNodes<N> | "all";
}

/** The rows that don't look as before. With a row, all rows below it are drawn again. */
export interface ChangedNodes<N> {
  readonly now: readonly N[];
  /** These can wait until nobody is at work on the rows below them. */
  readonly whenQuiet: readonly N[];
}
