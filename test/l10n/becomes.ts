import { type Node, SyntaxKind } from "typescript/unstable/ast";
import {
  isBinaryExpression,
  isCallExpression,
  isNewExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isTemplateExpression,
  isTemplateSpan,
} from "typescript/unstable/ast/is";
import type { Checker } from "typescript/unstable/sync";
import { textOf } from "./text.ts";

/**
 * The name of the property or parameter to which a text is assigned. Goes up through expressions
 * that choose between texts or join them.
 */
export function becomesOf(node: Node, checker: Checker | undefined): string | undefined {
  const { parent } = node;
  if (isPropertyAssignment(parent)) {
    return parent.initializer === node ? nameOf(parent.name) : undefined;
  }
  if (isBinaryExpression(parent) && parent.operatorToken.kind === SyntaxKind.EqualsToken) {
    return isPropertyAccessExpression(parent.left) ? nameOf(parent.left.name) : undefined;
  }
  if (isCallExpression(parent) || isNewExpression(parent)) {
    const given: readonly Node[] = parent.arguments ?? [];
    const index = given.indexOf(node);
    const parameters = checker?.getResolvedSignature(parent)?.getParameters() ?? [];
    return index < 0 ? undefined : parameters[Math.min(index, parameters.length - 1)]?.name;
  }
  return passesOn(parent) && !isIcon(parent) ? becomesOf(parent, checker) : undefined;
}

/** True for the name in `$(…)`, where an expression chooses it. */
function isIcon(node: Node): boolean {
  if (!isTemplateSpan(node) || !isTemplateExpression(node.parent)) {
    return false;
  }
  const { head, templateSpans } = node.parent;
  const before = templateSpans[templateSpans.indexOf(node) - 1]?.literal ?? head;
  return before.text.endsWith("$(");
}

function passesOn(node: Node): boolean {
  return isBinaryExpression(node) ? CHOOSING.has(node.operatorToken.kind) : PASSING.has(node.kind);
}

const CHOOSING: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.PlusToken,
  SyntaxKind.QuestionQuestionToken,
]);

const PASSING: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ArrayLiteralExpression,
  SyntaxKind.ConditionalExpression,
  SyntaxKind.ParenthesizedExpression,
  SyntaxKind.SpreadElement,
  SyntaxKind.TemplateExpression,
  SyntaxKind.TemplateSpan,
]);

function nameOf(node: Node): string {
  return textOf(node) ?? node.getText();
}
