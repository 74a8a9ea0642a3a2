import * as vscode from "vscode";
import type { Exports } from "../../../src/extension.ts";
import { SCHEME } from "../../../src/manifest.ts";
import type { PortalTarget, Target } from "../../../src/target.ts";

/** A row with the rows below it, as a person sees them. */
export interface Row {
  readonly label: string;
  readonly description?: string;
  readonly checked?: boolean;
  readonly children?: readonly Row[];
}

/** The whole tree of servers as a literal. */
export async function treeOf({ tree }: Exports, node?: Target): Promise<readonly Row[]> {
  return rowsOf(tree, node);
}

/** The same of the portals. */
export async function portalTreeOf(
  { portals }: Exports,
  node?: PortalTarget,
): Promise<readonly Row[]> {
  return rowsOf(portals, node);
}

/** The same of what waits for a review. */
export async function reviewOf({ review }: Exports): Promise<readonly Row[]> {
  const view = review();
  return view === undefined ? [] : rowsOf(view.provider);
}

async function rowsOf<Node>(
  tree: vscode.TreeDataProvider<Node>,
  node?: Node,
): Promise<readonly Row[]> {
  const children = (await tree.getChildren(node)) ?? [];
  return Promise.all(children.map((child) => rowOf(tree, child)));
}

/** The rows of one server. */
export async function serverRow(exports: Exports, label: string): Promise<Row | undefined> {
  const nodes = (await exports.tree.getChildren()) ?? [];
  const rows = await Promise.all(nodes.map((node) => rowOf(exports.tree, node)));
  return rows.find((row) => row.label === label);
}

async function rowOf<Node>(tree: vscode.TreeDataProvider<Node>, node: Node): Promise<Row> {
  const item = await tree.getTreeItem(node);
  const children = (await tree.getChildren(node)) ?? [];
  return {
    label: String(item.label),
    ...(typeof item.description === "string" ? { description: item.description } : {}),
    ...(item.checkboxState === undefined ? {} : { checked: isChecked(item.checkboxState) }),
    ...(children.length === 0
      ? {}
      : { children: await Promise.all(children.map((child) => rowOf(tree, child))) }),
  };
}

function isChecked(state: NonNullable<vscode.TreeItem["checkboxState"]>): boolean {
  const value = typeof state === "object" ? state.state : state;
  return value === vscode.TreeItemCheckboxState.Checked;
}

/** The tooltip of a row to which somebody points. */
export async function tooltipOf<Node>(
  tree: vscode.TreeDataProvider<Node>,
  node: Node,
): Promise<vscode.MarkdownString> {
  const item = await tree.getTreeItem(node);
  const { token } = new vscode.CancellationTokenSource();
  const { tooltip } = (await tree.resolveTreeItem?.(item, node, token)) ?? item;
  if (typeof tooltip !== "object") {
    throw new Error("There is no tooltip.");
  }
  return tooltip;
}

export async function readTooltip<Node>(
  tree: vscode.TreeDataProvider<Node>,
  node: Node,
): Promise<string> {
  return asRead((await tooltipOf(tree, node)).value);
}

/** Our Markdown as it is drawn. */
export function asRead(markdown: string): string {
  return markdown
    .replaceAll("&nbsp;", " ")
    .replace(/\\(.)/gu, "$1")
    .replace(/ {2}\n/gu, "\n");
}

/** Our entries of the Problems view: document, line, severity, code, message. */
export function problems(): readonly string[] {
  const inTabs = urisInTabs();
  return vscode.languages
    .getDiagnostics()
    .filter(([uri]) => !isResourceFile(uri) || inTabs.has(uri.toString()))
    .flatMap(([uri, diagnostics]) =>
      diagnostics
        .filter(({ source }) => source === "MCP Portals")
        .map(
          ({ range, severity, code, message }) =>
            `${uri.path.split("/").at(-1)}:${range.start.line + 1} ${vscode.DiagnosticSeverity[severity]} ${typeof code === "object" ? code.value : code}: ${message}`,
        ),
    )
    .sort();
}

/**
 * VS Code keeps the document of a file for three minutes after its tab was closed. The problems of one
 * that an earlier suite has shown are none of the next one's.
 */
function isResourceFile({ scheme, path }: vscode.Uri): boolean {
  return scheme !== SCHEME && /\.mcp-(?:server|portal)\.json$/u.test(path);
}

function urisInTabs(): ReadonlySet<string> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return new Set(
    tabs.flatMap(({ input }) =>
      input instanceof vscode.TabInputText ? [input.uri.toString()] : [],
    ),
  );
}

const LIMIT_MS = 15_000;

/**
 * Between two looks, so that whoever is waited for has the processor: a wait that only gave up its
 * turn kept a core busy, of the two that two VS Codes have here.
 */
const PAUSE_MS = 5;

/** Waits until a value is as expected. Fails with the last value. */
export async function until<T>(
  see: () => T | Promise<T>,
  expected: (seen: T) => boolean,
): Promise<T> {
  const end = Date.now() + LIMIT_MS;
  for (;;) {
    const seen = await see();
    if (expected(seen)) {
      return seen;
    }
    if (Date.now() > end) {
      throw new Error(`Not as expected in time. Seen last: ${JSON.stringify(seen, undefined, 1)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
