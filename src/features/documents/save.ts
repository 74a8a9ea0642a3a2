import * as vscode from "vscode";
import type { FieldChange, Ref } from "../../domain/changes/change.ts";
import type { SaveOutcome, WriteResult } from "../../domain/changes/writeResult.ts";
import { changedCapabilities, documentChanges } from "../../domain/documents/changes.ts";
import { checkDocument } from "../../domain/documents/check.ts";
import { removedServers } from "../../domain/documents/portalDocument.ts";
import { problemInWords } from "../../domain/documents/problem.ts";
import type { ResourceDocument } from "../../domain/documents/resourceDocument.ts";
import { PORTAL } from "../../domain/portals/portal.ts";
import { escapeLabel } from "../../editor/escape.ts";
import { REMOTE_SCHEME } from "../../manifest.ts";
import type { AppContext } from "../app.ts";
import {
  asOneAction,
  completeIfSaved,
  confirmDetach,
  notifyUnsaved,
  outcomeInWords,
  pickMine,
  type Recovery,
  recoverBySaving,
  save,
} from "../edits/index.ts";
import type { Draft } from "./fileSystemProvider.ts";
import { openDocument } from "./openDocuments.ts";
import { findDocument } from "./resourceDocuments.ts";
import { diffWithRemote } from "./staleDrafts.ts";

/** From more changed tools and prompts on, the person is asked first. */
const MANY = 10;

/** Saves a document. Rejects whenever it isn't saved, so that the editor keeps its text. */
export async function saveDocument(app: AppContext, draft: Draft): Promise<void> {
  const { ref } = draft;
  const document = findDocument(app.store.state, ref);
  if (document === undefined) {
    throw vscode.FileSystemError.FileNotFound(draft.uri);
  }
  refuseProblems(draft.text, document);
  const written = documentChanges(document, draft.base ?? document.text, draft.text);
  const changes = document.meaningful(written);
  if (changes.length === 0) {
    return;
  }
  await confirmRemoved(app, ref, changes);
  await confirmMany(draft, document, changes);
  const write = asOneAction();
  const [outcome] = await save(app, [{ ref, changes }], write);
  if (outcome === undefined) {
    throw vscode.FileSystemError.NoPermissions(draft.uri);
  }
  completeIfSaved([outcome]);
  const decided = await decideConflicts(app, outcome, write);
  completeIfSaved([decided]);
  finish(app, draft.uri, decided);
}

function refuseProblems(text: string, document: ResourceDocument): void {
  const [first, ...more] = checkDocument(text, document);
  if (first === undefined) {
    return;
  }
  const what = problemInWords(text, first);
  throw notSaved(
    more.length === 0 ? what : vscode.l10n.t("{0} And {1} more in Problems.", what, more.length),
  );
}

/** A line that goes by mistake would take a server's tools from the portal's users. */
async function confirmRemoved(
  app: AppContext,
  { accountId, kind, id }: Ref,
  changes: readonly FieldChange[],
): Promise<void> {
  const removed = kind === PORTAL ? removedServers(changes) : [];
  const mappings = removed.map((serverId) => ({ accountId, portalId: id, serverId }));
  if (mappings.length > 0 && !(await confirmDetach(app, mappings))) {
    throw notSaved(vscode.l10n.t("Nothing was sent, and your text is as it was."));
  }
}

/**
 * Also asks where the origin of the text isn't known, because each change could be somebody else's.
 */
async function confirmMany(
  { uri, base }: Draft,
  { name }: ResourceDocument,
  changes: readonly FieldChange[],
): Promise<void> {
  const count = changedCapabilities(withoutRemoved(changes));
  if (count <= MANY && base !== undefined) {
    return;
  }
  const asked =
    base === undefined
      ? {
          count: changes.length,
          why: vscode.l10n.t(
            "It was edited before VS Code was restarted: later changes by others are undone",
          ),
        }
      : { count, why: vscode.l10n.t("{0} tools and prompts change", count) };
  if (!(await confirmChanges(uri, name, asked))) {
    throw notSaved(vscode.l10n.t("Nothing was sent, and your text is as it was."));
  }
}

/** What goes with a server was asked about with the server. */
function withoutRemoved(changes: readonly FieldChange[]): readonly FieldChange[] {
  const removed = new Set(removedServers(changes));
  return changes.filter(({ field }) => !removed.has(field.of?.within?.name ?? ""));
}

/** Lets the person decide about each conflict. Dismissing it saves nothing more. */
async function decideConflicts(
  app: AppContext,
  outcome: SaveOutcome,
  write: ReturnType<typeof asOneAction>,
): Promise<SaveOutcome> {
  const { ref, result } = outcome;
  const mine = result.conflicts.length === 0 ? undefined : await pickMine(app, outcome);
  if (mine === undefined) {
    return outcome;
  }
  const [insisted] = await save(app, [mine], write);
  return insisted === undefined ? outcome : { ref, result: joined(result, insisted.result) };
}

/** Combines two results, of which the second write resolved the first one's conflicts. */
function joined(first: WriteResult, second: WriteResult): WriteResult {
  const failure = second.failure ?? first.failure;
  const changes = [...(first.failure?.changes ?? []), ...(second.failure?.changes ?? [])];
  return {
    saved: [...first.saved, ...second.saved],
    conflicts: second.conflicts,
    ignored: [...first.ignored, ...second.ignored],
    failure: failure && { ...failure, changes },
  };
}

/**
 * Reports fields that Cloudflare ignored, and lets the editor show the real values. After a failure
 * or a conflict the editor keeps its text.
 */
function finish(app: AppContext, uri: vscode.Uri, outcome: SaveOutcome): void {
  const { failure, ignored, conflicts } = outcome.result;
  const keepsText = failure !== undefined || conflicts.length > 0;
  // A conflict was just shown, and saving again asks again.
  const isFailed = failure !== undefined || ignored.length > 0;
  const isTold = isFailed && notifyUnsaved(app, [outcome], recovery(app, uri, keepsText));
  if (keepsText) {
    throw notSaved(
      isTold
        ? vscode.l10n.t("Your text is kept. Another message says what went wrong and what helps.")
        : outcomeInWords(app, outcome).join(" "),
    );
  }
}

/**
 * An editor that kept its text is saved again as a whole. Without one the changes are saved again.
 */
function recovery(app: AppContext, uri: vscode.Uri, keepsText: boolean): Recovery {
  const bySaving = recoverBySaving(app, "edit");
  return {
    ...bySaving,
    retry: (open) => {
      const document = keepsText ? openDocument(uri) : undefined;
      return document?.isDirty === true ? document.save() : bySaving.retry(open);
    },
  };
}

/**
 * Escapes the text, because VS Code shows it in a message, where a stranger's name could become a
 * link.
 */
function notSaved(why: string): vscode.FileSystemError {
  return vscode.FileSystemError.Unavailable(escapeLabel(vscode.l10n.t("Not saved. {0}", why)));
}

/**
 * Shows the changes and asks. Uses a list at the top rather than a dialog, so that the difference
 * can be scrolled meanwhile.
 */
export async function confirmChanges(
  uri: vscode.Uri,
  name: string,
  { count, why }: { readonly count: number; readonly why: string },
): Promise<boolean> {
  const wasOpen = differenceTab(uri) !== undefined;
  await diffWithRemote(uri, name);
  const isConfirmed = await ask(name, count, why);
  if (!wasOpen) {
    await leaveDifference(uri);
  }
  return isConfirmed;
}

async function ask(name: string, count: number, why: string): Promise<boolean> {
  const save = vscode.l10n.t("Save");
  const picked = await vscode.window.showQuickPick(
    [
      {
        label: save,
        iconPath: new vscode.ThemeIcon("check"),
        description: why,
      },
      {
        label: vscode.l10n.t("Don't Save"),
        iconPath: new vscode.ThemeIcon("x"),
        description: vscode.l10n.t("Back to the document, with its text as it is"),
      },
    ],
    {
      title: vscode.l10n.t("Save {0} changes to {1}?", count, name),
      placeHolder: vscode.l10n.t("The editor shows what is at Cloudflare, and yours beside it"),
      ignoreFocusOut: true,
    },
  );
  return picked?.label === save;
}

function differenceTab(uri: vscode.Uri): vscode.Tab | undefined {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .find(
      ({ input }) =>
        input instanceof vscode.TabInputTextDiff &&
        input.original.scheme === REMOTE_SCHEME &&
        input.modified.toString() === uri.toString(),
    );
}

/**
 * Shows the document before the difference is closed, because VS Code asks about an unsaved text
 * that no editor shows.
 */
async function leaveDifference(uri: vscode.Uri): Promise<void> {
  const tab = differenceTab(uri);
  if (tab === undefined) {
    return;
  }
  const viewColumn = columnOf(uri) ?? tab.group.viewColumn;
  await vscode.window.showTextDocument(uri, { viewColumn, preview: false });
  // Looked up again, because VS Code replaces its tab objects when tabs change.
  const shown = differenceTab(uri);
  if (shown !== undefined) {
    await vscode.window.tabGroups.close(shown);
  }
}

function columnOf(uri: vscode.Uri): vscode.ViewColumn | undefined {
  return vscode.window.tabGroups.all.find(({ tabs }) =>
    tabs.some(
      ({ input }) =>
        input instanceof vscode.TabInputText && input.uri.toString() === uri.toString(),
    ),
  )?.viewColumn;
}
