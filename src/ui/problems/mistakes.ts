import type * as vscode from "vscode";
import type { Finding } from "../../model/checks/finding.ts";
import { checkDocument } from "../../model/document/check.ts";
import { placesIn } from "../../model/document/document.ts";
import type { DocumentProblem } from "../../model/document/problem.ts";
import type { Server } from "../../model/server/server.ts";
import { marksSyntax } from "../documents/jsonService.ts";

/**
 * What keeps a document from being saved, as far as nothing else says so. A rule about aliases does,
 * unless somebody has switched it off, and VS Code says what isn't JSON.
 */
export function mistakesIn(
  document: vscode.TextDocument,
  server: Server,
  findings: readonly Finding[],
): readonly DocumentProblem[] {
  const text = document.getText();
  const mistakes = checkDocument(text, server);
  if (mistakes.length === 0) return mistakes;
  const places = placesIn(text);
  const told = new Set(
    findings
      .filter(({ severity }) => severity !== "hint")
      .map(({ rule, path }) => `${rule} ${places.value(path)?.offset}`),
  );
  const syntaxToo = !marksSyntax(document);
  return mistakes.filter(({ code, span }) =>
    code === "document/syntax" ? syntaxToo : !told.has(`${code} ${span.offset}`),
  );
}
