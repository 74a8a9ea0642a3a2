import type { Edit } from "jsonc-parser";
import * as vscode from "vscode";
import type { FieldValue, Ref } from "../../domain/changes/change.ts";
import { type Finding, isHealth } from "../../domain/checks/finding.ts";
import { type FixContext, fixOf } from "../../domain/checks/fixes.ts";
import { type DocumentFix, documentFixes, putBack } from "../../domain/documents/fixes.ts";
import { withProperty } from "../../domain/documents/jsonEdits.ts";
import type { DocumentProblem } from "../../domain/documents/problem.ts";
import type { ResourceDocument } from "../../domain/documents/resourceDocument.ts";
import { fieldPath } from "../../domain/documents/shape.ts";
import { PORTAL } from "../../domain/portals/portal.ts";
import { COMMANDS, FIX_COMMANDS, PROBLEMS_SOURCE } from "../../manifest.ts";
import type { ProblemAddress } from "../../target.ts";
import type { DescribedTexts } from "../documents/index.ts";
import { isRefusedCode } from "./accountChecks.ts";
import { type Located, locateAll } from "./diagnostics.ts";
import type { Drafts } from "./drafts.ts";
import { fixKindInWords } from "./fixAll.ts";
import { FixContexts, type FixCounts, type FixSource, inPortal } from "./fixPlan.ts";
import { type FindingRemedy, remediesOf, remedyKey } from "./remedies.ts";

/** The actions for these problems. */
export function actionsAt(
  app: ActionSource,
  { drafts, texts }: ActionTexts,
  document: vscode.TextDocument,
  diagnostics: readonly vscode.Diagnostic[],
): vscode.CodeAction[] {
  const own = diagnostics.filter(({ source }) => source === PROBLEMS_SOURCE);
  const described = texts.describe(app.store.state, document);
  const resource = drafts.resource(document);
  if (own.length === 0 || described === undefined || resource === undefined) {
    return [];
  }
  const { ref, document: seen, isDraft } = described;
  const contexts = new FixContexts(app);
  const place: Place = {
    document,
    ref,
    isDraft,
    located: locateAll(document.getText(), drafts.findings(document)),
    seen,
    mistakes: isDraft ? described.mistakes(document.getText()) : [],
    around:
      resource.kind === "portal"
        ? contexts.ofPortal(ref.accountId, resource.portal)
        : contexts.ofServer(ref.accountId, resource.server),
  };
  return once(
    own.flatMap((diagnostic) => [
      ...mistakeOffers(place, diagnostic),
      ...actionsOf(app, place, diagnostic),
    ]),
  );
}

/** The texts for which actions are offered, and what is found in them. */
export interface ActionTexts {
  readonly texts: DescribedTexts;
  readonly drafts: Pick<Drafts, "resource" | "findings">;
}

/** The state and its findings, with the counts that titles name. */
export interface ActionSource extends FixSource {
  readonly counts: FixCounts;
}

/** A document with all that its problems' actions need. */
interface Place extends MistakenDocument {
  readonly ref: Ref;
  /** See `Described`. */
  readonly isDraft: boolean;
  readonly located: readonly Located[];
  /** Describes the server or portal as the document has it. */
  readonly around: FixContext;
}

/** Merges equal actions of several problems into one. */
function once(offers: readonly Offer[]): vscode.CodeAction[] {
  const actions = new Map<string, vscode.CodeAction>();
  for (const { key, action } of offers) {
    const known = actions.get(key);
    if (known === undefined) {
      actions.set(key, action);
    } else {
      known.diagnostics = [...(known.diagnostics ?? []), ...(action.diagnostics ?? [])];
    }
  }
  return [...actions.values()];
}

function actionsOf(
  app: ActionSource,
  place: Place,
  diagnostic: vscode.Diagnostic,
): readonly Offer[] {
  const { ref, around, isDraft } = place;
  const finding = findingAt(place, diagnostic);
  if (finding === undefined) {
    return [];
  }
  const address = addressOf(ref, finding);
  if (isRefusedCode(finding.rule) && isDraft) {
    return refusedOffers(place, finding, diagnostic);
  }
  const remedies = remediesOf(app.store.state, address, finding, around);
  const offers = remedies.map((remedy) => ({
    key: remedyKey(remedy),
    action: actionOf(place, remedy, diagnostic),
  }));
  const [first] = remedies;
  const isPreferred = first?.fix !== undefined || isHealth(finding);
  if (isPreferred && offers[0] !== undefined) {
    offers[0].action.isPreferred = true;
  }
  const all = isDraft ? [] : allOfKind(app, address, remedies, diagnostic);
  return [...offers.slice(0, -1), ...all, ...offers.slice(-1)];
}

function addressOf({ accountId, kind, id }: Ref, finding: Finding): ProblemAddress {
  return kind === PORTAL
    ? inPortal({ accountId, portalId: id }, finding)
    : { accountId, serverId: id };
}

function actionOf(
  { document, isDraft }: Pick<Place, "document" | "isDraft">,
  { title, command, arguments: given, fix }: FindingRemedy,
  diagnostic: vscode.Diagnostic,
): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  // In a document with unsaved changes, and in a file, the fix edits the text. Writing to Cloudflare
  // would be undone when the person saves or applies it.
  if (fix !== undefined && isDraft) {
    action.edit = textFix(document, fix.values);
  } else {
    action.command = { title, command, arguments: [...given] };
  }
  return action;
}

function allOfKind(
  { counts }: ActionSource,
  { accountId }: ProblemAddress,
  remedies: readonly FindingRemedy[],
  diagnostic: vscode.Diagnostic,
): readonly Offer[] {
  return remedies.flatMap(({ fix, request }) => {
    const count = fix && counts.of(accountId, request.rule, fix.kind);
    if (fix === undefined || count === undefined || count < 2) {
      return [];
    }
    const title = vscode.l10n.t(
      "{0} (all {1} of {2})…",
      fixKindInWords(fix.kind),
      count,
      request.rule,
    );
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.diagnostics = [diagnostic];
    action.command = { title, command: FIX_COMMANDS.applyAll, arguments: [request] };
    return [{ key: title, action }];
  });
}

/** The finding of a diagnostic. VS Code passes copies, so it is found by its content. */
function findingAt(
  { document, located }: Place,
  { code, range, message }: vscode.Diagnostic,
): Finding | undefined {
  const rule = typeof code === "object" ? code.value : code;
  const same = located.filter(
    ({ finding }) => finding.rule === rule && finding.message === message,
  );
  const offset = document.offsetAt(range.start);
  // Right after a write the editor may still have the earlier text with other offsets.
  const found = same.length === 1 ? same[0] : same.find(({ span }) => span.offset === offset);
  return found?.finding;
}

/** A document with the problems that prevent saving. */
export interface MistakenDocument {
  readonly document: vscode.TextDocument;
  /** What is at Cloudflare, with pending changes. */
  readonly seen: ResourceDocument;
  readonly mistakes: readonly DocumentProblem[];
}

/** Edits of the text that each remove one problem that prevents saving. */
export function mistakeOffers(
  { document, seen, mistakes }: MistakenDocument,
  diagnostic: vscode.Diagnostic,
): readonly Offer[] {
  const mistake = mistakes.find(
    ({ message, span }) =>
      message === diagnostic.message && span.offset === document.offsetAt(diagnostic.range.start),
  );
  if (mistake === undefined) {
    return [];
  }
  const fixes = documentFixes(document.getText(), seen, mistake);
  return fixes.map((fix) => fixOffer(document, fix, diagnostic));
}

export function fixOffer(
  document: vscode.TextDocument,
  fix: DocumentFix,
  diagnostic: vscode.Diagnostic,
): Offer {
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.isPreferred = fix.likely;
  action.edit = workspaceEdit(document, fix.edit);
  return { key: JSON.stringify(fix), action };
}

function workspaceEdit(
  document: vscode.TextDocument,
  { offset, length, content }: Edit,
): vscode.WorkspaceEdit {
  const range = new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, range, content);
  return edit;
}

/** An action for the lightbulb. Two with the same key are one. */
export interface Offer {
  readonly key: string;
  readonly action: vscode.CodeAction;
}

/** Offers to replace a refused value by another alias or by the value at Cloudflare. */
export function refusedOffers(
  { document, seen, around }: MistakenDocument & { readonly around: FixContext },
  finding: Finding,
  diagnostic: vscode.Diagnostic,
): readonly Offer[] {
  const back = putBack(document.getText(), seen, finding.path);
  return [
    ...otherAlias(document, around, { finding, diagnostic }),
    ...(back === undefined ? [] : [fixOffer(document, back, diagnostic)]),
    logOffer(diagnostic),
  ];
}

/** The log has Cloudflare's answer. */
function logOffer(diagnostic: vscode.Diagnostic): Offer {
  const title = vscode.l10n.t("Show Log");
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.command = { title, command: COMMANDS.showLog };
  return { key: title, action };
}

function otherAlias(
  document: vscode.TextDocument,
  around: FixContext,
  { finding, diagnostic }: { readonly finding: Finding; readonly diagnostic: vscode.Diagnostic },
): readonly Offer[] {
  const fix = finding.path.at(-1) === "alias" ? fixOf("setAlias", finding, around) : undefined;
  if (fix === undefined) {
    return [];
  }
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.edit = textFix(document, fix.values);
  return [{ key: fix.title, action }];
}

/** The fix as an edit of a document with unsaved changes. It doesn't save. */
export function textFix(
  document: vscode.TextDocument,
  values: readonly FieldValue[],
): vscode.WorkspaceEdit {
  const before = document.getText();
  const after = changedText(before, values);
  const workspaceEdit = new vscode.WorkspaceEdit();
  const whole = new vscode.Range(document.positionAt(0), document.positionAt(before.length));
  workspaceEdit.replace(document.uri, whole, after);
  return workspaceEdit;
}

/** Removes the whole entry of an override that is cleared. Its `enabled` is null only then. */
function changedText(text: string, values: readonly FieldValue[]): string {
  const cleared = values.filter(({ field, to }) => field.key === "enabled" && to === null);
  const gone = new Set(cleared.map(({ field }) => JSON.stringify(field.of)));
  const kept = values.filter(({ field }) => !gone.has(JSON.stringify(field.of)));
  const changes = [
    ...cleared.map(({ field }) => ({ path: fieldPath(field).slice(0, -1), value: undefined })),
    ...kept.map(({ field, to }) => ({
      path: fieldPath(field),
      value: to === null && field.of !== undefined ? undefined : to,
    })),
  ];
  return changes.reduce((current, { path, value }) => withProperty(current, path, value), text);
}
