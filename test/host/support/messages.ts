import * as vscode from "vscode";
import type { Replacements } from "./replacements.ts";

/** A message of the extension. */
export interface Message {
  readonly severity: "information" | "warning" | "error";
  readonly text: string;
  /** The smaller text of a modal one; "" without. */
  readonly detail: string;
  readonly buttons: readonly string[];
  press(button: string): void;
}

/** Records messages in place of showing them. */
export function watchMessages(
  replacements: Replacements,
  shown: (message: Message) => unknown,
): void {
  const watch = (
    name: "showInformationMessage" | "showWarningMessage" | "showErrorMessage",
    severity: Message["severity"],
  ): void => {
    replacements.replace(vscode.window, name, () => (text: string, ...rest: readonly unknown[]) => {
      const buttons = rest.filter((part): part is string => typeof part === "string");
      return new Promise<string | undefined>((resolve) => {
        shown({ severity, text, detail: detailOf(rest[0]), buttons, press: resolve });
      });
    });
  };
  watch("showInformationMessage", "information");
  watch("showWarningMessage", "warning");
  watch("showErrorMessage", "error");
}

function detailOf(options: unknown): string {
  const detail: unknown =
    typeof options === "object" && options !== null ? Reflect.get(options, "detail") : undefined;
  return typeof detail === "string" ? detail : "";
}
