import * as vscode from "vscode";
import type { Change } from "../model/edit.ts";
import type { EditResult, NotTaken } from "../model/editResult.ts";
import type { Conflict } from "../model/threeWay.ts";
import { fieldInWords, valueInWords } from "./fieldWords.ts";
import { reasonOf } from "./report.ts";

/** Fields named in one message; of more only the number is told. */
const NAMED = 3;

/** What of an edit to one server didn't come about, in sentences; none when all was saved. */
export function unsavedInWords(
  server: string,
  result: EditResult,
  what: "edit" | "undo" = "edit",
): readonly string[] {
  const { failure, notTaken, conflicts } = result;
  return [
    ...(failure === undefined ? [] : [failedInWords(server, failure)]),
    ...listed(notTaken, (each) => notTakenInWords(server, each)),
    ...listed(conflicts, (each) =>
      what === "edit" ? conflictInWords(server, each) : notUndoneInWords(server, each),
    ),
  ];
}

function failedInWords(server: string, failure: NonNullable<EditResult["failure"]>): string {
  const what = fieldsInWords(failure.changes);
  return `${unsavedFields(server, what, failure)} ${reasonOf(failure.error)}`;
}

function unsavedFields(
  server: string,
  what: string,
  { unsure, changes }: NonNullable<EditResult["failure"]>,
): string {
  if (unsure) return vscode.l10n.t("{0}: nobody knows whether this was saved: {1}.", server, what);
  return changes.length === 1
    ? vscode.l10n.t("{0}: {1} wasn't saved.", server, what)
    : vscode.l10n.t("{0}: {1} weren't saved.", server, what);
}

export function fieldsInWords(changes: readonly Change[]): string {
  const named = changes.slice(0, NAMED).map(({ field }) => fieldInWords(field));
  const more = changes.length - named.length;
  return more > 0 ? vscode.l10n.t("{0} and {1} more", named.join(", "), more) : named.join(", ");
}

function notTakenInWords(server: string, { change, found }: NotTaken): string {
  const { field, to } = change;
  return vscode.l10n.t(
    "{0}: Cloudflare didn't take {1} as {2}; it is {3}.",
    server,
    fieldInWords(field),
    valueInWords(field, to),
    valueInWords(field, found),
  );
}

/** Both values, so that the person can pick. */
export function conflictInWords(server: string, { change, theirs }: Conflict): string {
  const { field, to } = change;
  return vscode.l10n.t(
    "{0}: {1} has become {2} meanwhile; yours is {3}.",
    server,
    fieldInWords(field),
    valueInWords(field, theirs),
    valueInWords(field, to),
  );
}

function notUndoneInWords(server: string, { change, theirs }: Conflict): string {
  const { field, to } = change;
  return vscode.l10n.t(
    "{0}: {1} has been changed to {2} since, so it wasn't set back to {3}.",
    server,
    fieldInWords(field),
    valueInWords(field, theirs),
    valueInWords(field, to),
  );
}

/** A saved field that isn't what was saved any more. */
export function overrunInWords(server: string, fields: readonly Conflict[]): string {
  return listed(fields, ({ change, theirs }) =>
    vscode.l10n.t(
      "{0}: {1}, which you saved as {2}, has been changed to {3} elsewhere.",
      server,
      fieldInWords(change.field),
      valueInWords(change.field, change.to),
      valueInWords(change.field, theirs),
    ),
  ).join(" ");
}

function listed<T>(all: readonly T[], inWords: (each: T) => string): readonly string[] {
  const more = all.length - NAMED;
  const words = all.slice(0, NAMED).map(inWords);
  return more > 0 ? [...words, vscode.l10n.t("And {0} more.", more)] : words;
}
