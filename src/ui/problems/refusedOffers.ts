import * as vscode from "vscode";
import { COMMANDS } from "../../contributions.ts";
import type { Finding } from "../../model/checks/finding.ts";
import type { Surroundings } from "../../model/checks/fix.ts";
import { fixOf } from "../../model/checks/fixes.ts";
import { putBack } from "../../model/document/putBack.ts";
import { fixOffer, type MistakenDocument } from "./mistakeOffers.ts";
import type { Offer } from "./offer.ts";
import { textFix } from "./textFix.ts";

/** What Cloudflare refused is still in the text: another alias, or what was there before. */
export function refusedOffers(
  { document, server, around }: MistakenDocument & { readonly around: Surroundings },
  finding: Finding,
  diagnostic: vscode.Diagnostic,
): readonly Offer[] {
  const back = putBack(document.getText(), server, finding.path);
  return [
    ...otherAlias(document, around, { finding, diagnostic }),
    ...(back === undefined ? [] : [fixOffer(document, back, diagnostic)]),
    logOffer(diagnostic),
  ];
}

/** It has what Cloudflare answered. */
function logOffer(diagnostic: vscode.Diagnostic): Offer {
  const title = vscode.l10n.t("Show Log");
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.command = { title, command: COMMANDS.showLog };
  return { key: title, action };
}

function otherAlias(
  document: vscode.TextDocument,
  around: Surroundings,
  { finding, diagnostic }: { readonly finding: Finding; readonly diagnostic: vscode.Diagnostic },
): readonly Offer[] {
  const fix = finding.path[2] === "alias" ? fixOf("setAlias", finding, around) : undefined;
  if (fix === undefined) return [];
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.edit = textFix(document, fix.edit);
  return [{ key: fix.title, action }];
}
