import * as vscode from "vscode";
import { changedCapabilities, documentChanges } from "../../model/document/changes.ts";
import { checkDocument } from "../../model/document/check.ts";
import { serverDocument } from "../../model/document/document.ts";
import { problemInWords } from "../../model/document/problem.ts";
import { withoutEchoes } from "../../model/edits/echoes.ts";
import type { Change } from "../../model/edits/edit.ts";
import type { EditResult } from "../../model/edits/editResult.ts";
import type { Server } from "../../model/server/server.ts";
import type { Sessions } from "../../store/sessions.ts";
import { findServer } from "../../store/state.ts";
import type { ReadonlyStore } from "../../store/store.ts";
import { unsavedInWords } from "../editReport.ts";
import { inert } from "../inert.ts";
import { reach } from "../milestones.ts";
import { pickConflicts } from "../pickConflicts.ts";
import { sayWarning } from "../say.ts";
import { confirmChanges } from "./confirm.ts";
import type { Save } from "./provider.ts";

/** More changed tools and prompts than these ask first. */
const MANY = 10;

/** Saves a document; each way of not saving rejects, so that the editor keeps its text. */
export async function saveDocument(
  store: ReadonlyStore,
  sessions: Sessions,
  save: Save,
): Promise<void> {
  const { accountId, serverId } = save.address;
  const server = findServer(store.state, accountId, serverId)?.server;
  const session = sessions.get(accountId);
  if (server === undefined || session === undefined) {
    throw vscode.FileSystemError.FileNotFound(save.uri);
  }
  refuseProblems(save.text, server);
  const written = documentChanges(save.base ?? serverDocument(server), save.text);
  const changes = withoutEchoes(written, server);
  if (changes.length === 0) return;
  await confirmMany(save, server, changes);
  const action = crypto.randomUUID();
  const result = await session.change(serverId, changes, { action });
  const rest = await settle(server, result, (mine) => session.change(serverId, mine, { action }));
  if (result.saved.length + rest.saved.length > 0) reach("edited");
  finish(server, rest);
}

function refuseProblems(text: string, server: Server): void {
  const [first, ...more] = checkDocument(text, server);
  if (first === undefined) return;
  const what = problemInWords(text, first);
  throw notSaved(
    more.length === 0 ? what : vscode.l10n.t("{0} And {1} more in Problems.", what, more.length),
  );
}

/** Where nobody knows what the text was made from, every change could be somebody else's. */
async function confirmMany(
  { uri, base }: Save,
  server: Server,
  changes: readonly Change[],
): Promise<void> {
  const count = changedCapabilities(changes);
  if (count <= MANY && base !== undefined) return;
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
  result: EditResult,
  save: (changes: readonly Change[]) => Promise<EditResult>,
): Promise<EditResult> {
  if (result.conflicts.length === 0) return result;
  const mine = await pickConflicts(server.name, result.conflicts);
  if (mine === undefined) return result;
  const insisted = await save(mine.map(({ change, theirs }) => ({ ...change, from: theirs })));
  return {
    ...insisted,
    notTaken: [...result.notTaken, ...insisted.notTaken],
    failure: insisted.failure ?? result.failure,
  };
}

/** What Cloudflare ignored is told beside the truth; everything else leaves the editor its text. */
function finish(server: Server, result: EditResult): void {
  const sentences = unsavedInWords(server.name, result);
  if (sentences.length === 0) return;
  if (result.failure === undefined && result.conflicts.length === 0) {
    void sayWarning(sentences.join(" "));
    return;
  }
  throw notSaved(sentences.join(" "));
}

/** VS Code makes a message of it, in which a stranger's name could be a link. */
function notSaved(why: string): vscode.FileSystemError {
  return vscode.FileSystemError.Unavailable(inert(vscode.l10n.t("Not saved. {0}", why)));
}
