import * as vscode from "vscode";
import type { FieldChange } from "../../domain/changes/change.ts";
import type { SaveOutcome, WriteResult } from "../../domain/changes/writeResult.ts";
import {
  changedCapabilities,
  checkDocument,
  documentChanges,
  problemInWords,
} from "../../domain/documents/check.ts";
import { serverDocument } from "../../domain/documents/serverDocument.ts";
import { dropRedundant } from "../../domain/servers/fields.ts";
import type { Server } from "../../domain/servers/server.ts";
import { serverRef } from "../../domain/servers/serverKind.ts";
import { escapeLabel } from "../../editor/escape.ts";
import { findServer } from "../../engine/state.ts";
import { REMOTE_SCHEME } from "../../manifest.ts";
import type { AppContext } from "../app.ts";
import {
  asOneAction,
  completeIfSaved,
  notifyUnsaved,
  outcomeInWords,
  pickMine,
  type Recovery,
  recoverBySaving,
  save,
} from "../edits/index.ts";
import type { Draft } from "./fileSystemProvider.ts";
import { openDocument } from "./openDocuments.ts";
import { diffWithRemote } from "./staleDrafts.ts";

/** From more changed tools and prompts on, the person is asked first. */
const MANY = 10;

/** Saves a document. Rejects whenever it isn't saved, so that the editor keeps its text. */
export async function saveDocument(app: AppContext, draft: Draft): Promise<void> {
  const { accountId, serverId } = draft.address;
  const server = findServer(app.store.state, accountId, serverId)?.optimistic;
  if (server === undefined) {
    throw vscode.FileSystemError.FileNotFound(draft.uri);
  }
  refuseProblems(draft.text, server);
  const written = documentChanges(draft.base ?? serverDocument(server), draft.text);
  const changes = dropRedundant(written, server);
  if (changes.length === 0) {
    return;
  }
  await confirmMany(draft, server, changes);
  const write = asOneAction();
  const [outcome] = await save(app, [{ ref: serverRef(accountId, serverId), changes }], write);
  if (outcome === undefined) {
    throw vscode.FileSystemError.NoPermissions(draft.uri);
  }
  completeIfSaved([outcome]);
  const decided = await decideConflicts(app, outcome, write);
  completeIfSaved([decided]);
  finish(app, draft.uri, decided);
}

function refuseProblems(text: string, server: Server): void {
  const [first, ...more] = checkDocument(text, server);
  if (first === undefined) {
    return;
  }
  const what = problemInWords(text, first);
  throw notSaved(
    more.length === 0 ? what : vscode.l10n.t("{0} And {1} more in Problems.", what, more.length),
  );
}

/**
 * Also asks where the origin of the text isn't known, because each change could be somebody else's.
 */
async function confirmMany(
  { uri, base }: Draft,
  server: Server,
  changes: readonly FieldChange[],
): Promise<void> {
  const count = changedCapabilities(changes);
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
  if (!(await confirmChanges(uri, server, asked))) {
    throw notSaved(vscode.l10n.t("Nothing was sent, and your text is as it was."));
  }
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
  server: Server,
  { count, why }: { readonly count: number; readonly why: string },
): Promise<boolean> {
  const wasOpen = differenceTab(uri) !== undefined;
  await diffWithRemote(uri, server.name);
  const isConfirmed = await ask(server, count, why);
  if (!wasOpen) {
    await leaveDifference(uri);
  }
  return isConfirmed;
}

async function ask({ name }: Server, count: number, why: string): Promise<boolean> {
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
