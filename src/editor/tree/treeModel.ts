import type * as vscode from "vscode";

/** A node of a tree: plain data with a `kind`. */
export interface TreeNode {
  readonly kind: string;
}

/**
 * Describes the nodes of a tree. All functions but `tooltip` are pure. They depend only on
 * `context`, an immutable snapshot of everything that rows show.
 */
export interface TreeModel<N extends TreeNode, C> {
  roots(context: C): readonly N[];
  children(context: C, node: N): readonly N[];
  /** Undefined for a root. */
  parent(context: C, node: N): N | undefined;
  /** Unique and stable, because selection, focus and expansion depend on it. */
  id(node: N): string;
  item(context: C, node: N): vscode.TreeItem;
  /** Called when a person points at a row. It may ask for what no row shows. */
  tooltip(context: C, node: N): Promise<vscode.MarkdownString | undefined>;
  /** "all" when roots were added, removed or moved, and only then, because VS Code forgets every row. */
  changed(before: C, after: C): ChangedNodes<N> | "all";
}

/** The rows that look different. A row is drawn again with all rows below it. */
export interface ChangedNodes<N> {
  readonly now: readonly N[];
  /** Rows that can wait until nobody uses the rows below them. */
  readonly whenQuiet: readonly N[];
}
