import type * as vscode from "vscode";
import type { AppContext } from "../app.ts";
import type { DescribedTexts } from "./describedTexts.ts";

/** Completion, hovers and inlay hints for names, in other texts than our documents. */
export async function nameFeatures(
  app: Pick<AppContext, "store" | "costs">,
  selector: vscode.DocumentSelector,
  texts: DescribedTexts,
): Promise<vscode.Disposable> {
  const { registerNameFeatures } = await import("./languageFeatures.ts");
  return registerNameFeatures(app, selector, texts);
}
