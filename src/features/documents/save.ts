import * as vscode from "vscode";
import type { FieldChange } from "../../domain/changes/change.ts";
import { unsavedInWords } from "../../domain/changes/words.ts";
import type { WriteResult } from "../../domain/changes/writeResult.ts";
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
import { notifyWarning } from "../../editor/notifications.ts";
import type { Sessions } from "../../engine/session.ts";
import { findServer } from "../../engine/state.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import { NEWEST_SCHEME } from "../../manifest.ts";
import { pickConflicts } from "../edits/index.ts";
import { complete } from "../walkthrough.ts";
import type { Save } from "./fileSystemProvider.ts";
import { diffWithRemote } from "./staleDrafts.ts";

/** More changed tools and prompts than these ask first. */
const MANY = 10;

/** Saves a document; each way of not saving rejects, so that the editor keeps its text. */
export async function saveDocument(
  store: ReadonlyStore,
  sessions: Sessions,
  save: Save,
): Promise<void> {
  const { accountId, serverId } = save.address;
  const server = findServer(store.state, accountId, serverId)?.optimistic;
  const session = sessions.get(accountId);
  if (server === undefined || session === undefined) {
    throw vscode.FileSystemError.FileNotFound(save.uri);
  }
  refuseProblems(save.text, server);
  const written = documentChanges(save.base ?? serverDocument(server), save.text);
  const changes = dropRedundant(written, server);
  if (changes.length === 0) {
    return;
  }
  await confirmMany(save, server, changes);
  const action = crypto.randomUUID();
  const write = (mine: readonly FieldChange[]): Promise<WriteResult> =>
    session.save({ ref: serverRef(accountId, serverId), changes: mine }, { action });
  const result = await write(changes);
  const rest = await settle(server, result, write);
  if (result.saved.length + rest.saved.length > 0) {
    complete("edited");
  }
  finish(server, rest);
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

/** Where nobody knows what the text was made from, every change could be somebody else's. */
async function confirmMany(
  { uri, base }: Save,
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
            "It was edited before VS Code was restarted: what others have changed since is set back",
          ),
        }
      : { count, why: vscode.l10n.t("{0} tools and prompts change", count) };
  if (!(await confirmChanges(uri, server, asked))) {
    throw notSaved(vscode.l10n.t("Nothing was sent, and your text is as it was."));
  }
}

/** Has the person pick where both changed the same; not picking is not saving. */
async function settle(
  server: Server,
  result: WriteResult,
  save: (changes: readonly FieldChange[]) => Promise<WriteResult>,
): Promise<WriteResult> {
  if (result.conflicts.length === 0) {
    return result;
  }
  const mine = await pickConflicts(server.name, result.conflicts);
  if (mine === undefined) {
    return result;
  }
  const insisted = await save(mine.map(({ change, theirs }) => ({ ...change, from: theirs })));
  return {
    ...insisted,
    ignored: [...result.ignored, ...insisted.ignored],
    failure: insisted.failure ?? result.failure,
  };
}

/** What Cloudflare ignored is told beside the truth; everything else leaves the editor its text. */
function finish(server: Server, result: WriteResult): void {
  const sentences = unsavedInWords(server.name, result);
  if (sentences.length === 0) {
    return;
  }
  if (result.failure === undefined && result.conflicts.length === 0) {
    void notifyWarning(sentences.join(" "));
    return;
  }
  throw notSaved(sentences.join(" "));
}

/** VS Code makes a message of it, in which a stranger's name could be a link. */
function notSaved(why: string): vscode.FileSystemError {
  return vscode.FileSystemError.Unavailable(escapeLabel(vscode.l10n.t("Not saved. {0}", why)));
}

/**
 * Shows what would change, and asks. A list at the top and not a dialog: the difference can be
 * scrolled while it is open.
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
        input.original.scheme === NEWEST_SCHEME &&
        input.modified.toString() === uri.toString(),
    );
}

/** The document first: VS Code would ask what to do with a text that is nowhere else on screen. */
async function leaveDifference(uri: vscode.Uri): Promise<void> {
  const tab = differenceTab(uri);
  if (tab === undefined) {
    return;
  }
  const viewColumn = columnOf(uri) ?? tab.group.viewColumn;
  await vscode.window.showTextDocument(uri, { viewColumn, preview: false });
  // Looked for again, because VS Code knows tabs by other objects when others have come.
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
