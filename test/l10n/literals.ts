import { join, relative, sep } from "node:path";
import type { CallExpression, Node } from "typescript/unstable/ast";
import {
  isArrayLiteralExpression,
  isCallExpression,
  isExportDeclaration,
  isFunctionLikeDeclaration,
  isImportDeclaration,
  isLiteralTypeNode,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isTemplateExpression,
} from "typescript/unstable/ast/is";
import { API, type Checker } from "typescript/unstable/sync";
import { ROOT } from "../harness/paths.ts";
import { becomesOf } from "./becomes.ts";
import { localizedSources } from "./strings.ts";
import { textOf } from "./text.ts";

/** A text in the sources that isn't the message of an `l10n.t`. */
export interface Literal {
  /** The path from the root, with slashes, and the line. */
  readonly place: string;
  /** `{…}` stands for an expression in the text. */
  readonly text: string;
  /** The name of the property or parameter that receives it, where there is one. */
  readonly becomes: string | undefined;
}

export interface Literals {
  readonly outside: readonly Literal[];
  /** Calls of `l10n.t` whose message isn't in the call, where the exporter can't find it. */
  readonly unreadable: readonly string[];
  /** Calls of `l10n.t` while a module loads, which is before the bundle is loaded. */
  readonly early: readonly string[];
}

/** Reads the sources with TypeScript's parser. */
export function readLiterals(): Literals {
  const api = new API({ cwd: ROOT });
  try {
    const configs = ["tsconfig.json", "src/pages/tsconfig.json"].map((path) => join(ROOT, path));
    const snapshot = api.updateSnapshot({ openProjects: configs });
    const projects = configs.flatMap((config) => snapshot.getProject(config) ?? []);
    const found = localizedSources().flatMap((path) => {
      for (const { program, checker } of projects) {
        const file = program.getSourceFile(path);
        if (file !== undefined) {
          return [...descendants(file)].map((node) => ({ node, checker }));
        }
      }
      throw new Error(`${path} is part of none of ${configs.join(", ")}.`);
    });
    const calls = found.map(({ node }) => node).filter(isLocalizing);
    return {
      outside: found.flatMap(({ node, checker }) => literalOf(node, checker) ?? []),
      unreadable: calls.filter((call) => !hasMessage(call)).map(placeOf),
      early: calls.filter((call) => !isInFunction(call)).map(placeOf),
    };
  } finally {
    api.close();
  }
}

/** All nodes except the names of modules and the literals in types. */
function* descendants(node: Node): Generator<Node> {
  yield node;
  const children: Node[] = [];
  node.forEachChild((child) => {
    children.push(child);
  });
  for (const child of children) {
    if (isImportDeclaration(child) || isExportDeclaration(child) || isLiteralTypeNode(child)) {
      continue;
    }
    yield* descendants(child);
  }
}

function literalOf(node: Node, checker: Checker | undefined): Literal | undefined {
  const text = textOf(node);
  if (text === undefined || isMessage(node)) {
    return undefined;
  }
  return { place: placeOf(node), text, becomes: becomesOf(node, checker) };
}

function placeOf(node: Node): string {
  const file = node.getSourceFile();
  const path = relative(ROOT, file.fileName).split(sep).join("/");
  return `${path}:${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}`;
}

function isLocalizing(node: Node): node is CallExpression {
  return isCallExpression(node) && /^(vscode\.)?l10n\.t$/.test(node.expression.getText());
}

function isInFunction({ parent }: Node): boolean {
  if (parent === undefined) {
    return false;
  }
  return isFunctionLikeDeclaration(parent) || isPropertyDeclaration(parent) || isInFunction(parent);
}

/** True when the message is in the call, where the exporter finds it. */
function hasMessage({ arguments: [first] }: CallExpression): boolean {
  if (first === undefined || !isObjectLiteralExpression(first)) {
    return isMessage(first);
  }
  return first.properties.some((each) => isPropertyAssignment(each) && isMessage(each.initializer));
}

/** `l10n.t("…")`, or `l10n.t({ message: "…", comment: ["…"] })`. */
function isMessage(node: Node | undefined): boolean {
  if (node === undefined || textOf(node) === undefined || isTemplateExpression(node)) {
    return false;
  }
  const value = isArrayLiteralExpression(node.parent) ? node.parent : node;
  const argument = isPropertyAssignment(value.parent) ? value.parent.parent : node;
  return isLocalizing(argument.parent) && argument.parent.arguments[0] === argument;
}
