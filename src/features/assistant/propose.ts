import { modify } from "jsonc-parser";
import * as vscode from "vscode";
import { isRecord } from "../../base/json.ts";
import type { Ref } from "../../domain/changes/change.ts";
import { checkDocument } from "../../domain/documents/check.ts";
import { problemInWords } from "../../domain/documents/problem.ts";
import { isReadOnly } from "../../engine/state.ts";
import type { AppContext } from "../app.ts";
import { diffWithRemote, documentUri, findDocument } from "../documents/index.ts";
import { InputError } from "./subject.ts";

interface Change {
  readonly path: readonly string[];
  /** Undefined removes the key. */
  readonly value: unknown;
}

/**
 * Changes the text of a document and opens it as a diff. It is never saved here. What somebody has
 * typed and not saved is refused, because it would be mixed with the proposal.
 */
export async function propose({ store }: AppContext, ref: Ref, given: unknown): Promise<string> {
  const seen = findDocument(store.state, ref);
  if (seen === undefined) {
    throw new InputError("It is gone.");
  }
  if (isReadOnly(store.state, ref.accountId)) {
    throw new InputError("The account may only be read, so nothing can be proposed.");
  }
  const changes = changesIn(given);
  const uri = documentUri(ref);
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.isDirty) {
    throw new InputError(
      "The document has unsaved changes. Ask the person to save or revert them.",
    );
  }
  const before = document.getText();
  const after = changes.reduce(changed, before);
  if (after === before) {
    return "The document has all of that already.";
  }
  const edit = new vscode.WorkspaceEdit();
  const whole = new vscode.Range(document.positionAt(0), document.positionAt(before.length));
  edit.replace(uri, whole, after);
  await vscode.workspace.applyEdit(edit);
  await diffWithRemote(uri, seen.name);
  const problems = checkDocument(after, seen).map((problem) => problemInWords(after, problem));
  return [
    "The changes are open as a diff and not saved. The person decides.",
    ...(problems.length === 0 ? [] : ["They can't be saved like this:", ...problems]),
  ].join("\n");
}

function changed(text: string, { path, value }: Change): string {
  const edits = modify(text, [...path], value, {
    formattingOptions: { insertSpaces: true, tabSize: 2 },
  });
  return edits
    .toSorted((one, other) => other.offset - one.offset)
    .reduce(
      (current, { offset, length, content }) =>
        current.slice(0, offset) + content + current.slice(offset + length),
      text,
    );
}

function changesIn(given: unknown): readonly Change[] {
  if (!Array.isArray(given) || given.length === 0) {
    throw new InputError("Give changes, each with a path.");
  }
  return given.map((change: unknown) => {
    const path: unknown = isRecord(change) ? change["path"] : undefined;
    if (!isRecord(change) || !isPath(path)) {
      throw new InputError("Each change needs a path of keys.");
    }
    return { path, value: parsed(change["json"]) };
  });
}

function isPath(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((key) => typeof key === "string");
}

function parsed(json: unknown): unknown {
  if (typeof json !== "string") {
    return undefined;
  }
  try {
    return JSON.parse(json) as unknown;
  } catch {
    throw new InputError(`It isn't JSON: ${json.slice(0, 100)}`);
  }
}
