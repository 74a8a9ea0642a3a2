import * as vscode from "vscode";
import { readJsonRecord } from "../../base/json.ts";
import { jsonText } from "../../base/jsonText.ts";
import { about } from "../../base/text.ts";
import { checkValue } from "../../domain/trial/checkValue.ts";

const INDENTED_DEPTH = 40;

/** What a call of a tool brought. Texts and pictures are untrusted. */
export interface TrialResult {
  readonly isError: boolean;
  readonly texts: readonly string[];
  readonly structured:
    | { readonly value: unknown; readonly problems: readonly string[] }
    | undefined;
  readonly images: readonly vscode.LanguageModelDataPart[];
  /** The kinds of parts that can't be shown here. */
  readonly others: readonly string[];
}

/** @param outputSchema the tool's own; undefined where it has none */
export function readResult(
  outcome: vscode.LanguageModelToolResult | Error,
  outputSchema: unknown,
): TrialResult {
  if (outcome instanceof Error) {
    const texts = [outcome.message];
    return { isError: true, texts, structured: undefined, images: [], others: [] };
  }
  const texts: string[] = [];
  const images: vscode.LanguageModelDataPart[] = [];
  const others: string[] = [];
  let structured: TrialResult["structured"];
  for (const part of outcome.content) {
    if (part instanceof vscode.LanguageModelTextPart) {
      // VS Code hands structured content on as a text.
      const value = outputSchema === undefined ? undefined : readJsonRecord(part.value);
      if (value === undefined) {
        texts.push(part.value);
      } else {
        structured = { value, problems: problemsOf(outputSchema, value) };
      }
    } else if (part instanceof vscode.LanguageModelDataPart) {
      if (part.mimeType.startsWith("image/")) {
        images.push(part);
      } else {
        others.push(part.mimeType);
      }
    }
  }
  return { isError: false, texts, structured, images, others };
}

function problemsOf(schema: unknown, value: unknown): readonly string[] {
  return checkValue(schema, value).map(({ path, message }) =>
    path.length === 0 ? message : about(path.join("/"), message),
  );
}

/** The result as a text to read. */
export function resultText(title: string, result: TrialResult): string {
  const { isError, texts, structured, images, others } = result;
  const sections = [
    title,
    ...(isError ? [vscode.l10n.t("The call failed:")] : []),
    ...texts,
    ...(structured === undefined
      ? []
      : [
          structured.problems.length === 0
            ? vscode.l10n.t("Structured content, as the output schema says:")
            : vscode.l10n.t("Structured content, which isn't as the output schema says:"),
          ...structured.problems,
          jsonText(structured.value, INDENTED_DEPTH),
        ]),
    ...(images.length > 0 ? [vscode.l10n.t("Pictures: {0}, opened beside.", images.length)] : []),
    ...others.map((kind) => vscode.l10n.t("A part of the kind {0} can't be shown here.", kind)),
  ];
  return `${sections.join("\n\n")}\n`;
}
