import * as l10n from "@vscode/l10n";
import type { Node } from "jsonc-parser";
import type { Span } from "./document.ts";
import type { DocumentProblem } from "./problem.ts";

export interface Property {
  readonly key: string;
  readonly keyNode: Node;
  readonly value: Node;
}

/** Collects problems while a document's tree is read. */
export class DocumentReader {
  readonly #problems: DocumentProblem[] = [];

  get problems(): readonly DocumentProblem[] {
    return this.#problems;
  }

  problem(code: DocumentProblem["code"], { offset, length }: Span, message: string): void {
    this.#problems.push({ code, message, span: { offset, length } });
  }

  unknownKey({ key, keyNode }: Property): void {
    this.problem("document/unknown-key", keyNode, l10n.t('"{0}" isn\'t defined here.', key));
  }

  wrongType(node: Span, expected: string): void {
    this.problem("document/type", node, l10n.t("This has to be {0}.", expected));
  }

  /** The properties of an object, each name once: of a name given twice nobody knows which is meant. */
  properties(object: Node): readonly Property[] {
    const found = new Map<string, Property>();
    for (const { children = [] } of object.children ?? []) {
      const [keyNode, value] = children;
      if (keyNode === undefined || value === undefined) continue;
      const key: unknown = keyNode.value;
      if (typeof key !== "string") continue;
      if (found.has(key)) {
        this.problem("document/duplicate", keyNode, l10n.t('"{0}" is here twice.', key));
      } else {
        found.set(key, { key, keyNode, value });
      }
    }
    return [...found.values()];
  }

  text(node: Node): string | undefined {
    const value: unknown = node.value;
    if (node.type === "string" && typeof value === "string") return value;
    this.wrongType(node, l10n.t("a text"));
    return undefined;
  }

  flag(node: Node): boolean | undefined {
    const value: unknown = node.value;
    if (node.type === "boolean" && typeof value === "boolean") return value;
    this.wrongType(node, l10n.t("true or false"));
    return undefined;
  }
}
