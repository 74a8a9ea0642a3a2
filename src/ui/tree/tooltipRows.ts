import * as vscode from "vscode";
import { about } from "../../model/sentence.ts";
import { appendPlain } from "../plainText.ts";

export type Row = readonly [label: string, value: string | undefined];

/** Nobody reads more in a tooltip; the definition has the whole. */
const LONGEST = 600;

/**
 * Names and values, as text and nothing else: they come from machines that may be hostile. A row
 * without a value is left out.
 */
export function tooltipOf(
  title: string,
  description: string | undefined,
  rows: readonly Row[],
): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  appendPlain(markdown.appendMarkdown("**"), cut(title)).appendMarkdown("**");
  if (description !== undefined && description !== "") {
    appendPlain(markdown.appendMarkdown("\n\n"), cut(description));
  }
  markdown.appendMarkdown("\n\n---\n\n");
  for (const [label, value] of rows) {
    if (value === undefined || value === "") continue;
    appendPlain(markdown, about(label, cut(value))).appendMarkdown("  \n");
  }
  return markdown;
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** Cloudflare doesn't send secrets; should that ever change, they aren't shown. */
const SECRET = /secret|credential|password|api_?key/iu;

/** What an object has beside the keys that are shown in words, under its own names. */
export function otherRows(
  value: Readonly<Record<string, unknown>> | undefined,
  known: readonly string[] = [],
): readonly Row[] {
  return Object.entries(value ?? {})
    .filter(([key]) => !known.includes(key) && !SECRET.test(key))
    .filter(([, entry]) => entry !== null && entry !== undefined)
    .map(([key, entry]) => [key, valueText(entry)]);
}

export function valueText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
