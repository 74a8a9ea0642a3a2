import type { Node } from "typescript/unstable/ast";
import {
  isNoSubstitutionTemplateLiteral,
  isStringLiteral,
  isTemplateExpression,
} from "typescript/unstable/ast/is";

/** The text of a node that is a text, with `{…}` for each expression in it. */
export function textOf(node: Node): string | undefined {
  if (isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node)) {
    return node.text;
  }
  if (!isTemplateExpression(node)) {
    return undefined;
  }
  return [node.head, ...node.templateSpans.map(({ literal }) => literal)]
    .map(({ text }) => text)
    .join("{…}");
}
