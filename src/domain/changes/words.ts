import * as l10n from "@vscode/l10n";
import { listed } from "../../base/text.ts";
import { reasonOf } from "../diagnosis/apiErrors.ts";
import type { Conflict, FieldChange } from "./change.ts";
import { fieldInWords, valueInWords } from "./fieldWords.ts";
import type { WriteResult } from "./writeResult.ts";

/** Most fields that one message names; the rest is a number. */
const NAMED = 3;

/** Sentences on the edits to one server that weren't saved; none when all were saved. */
export function unsavedInWords(
  server: string,
  result: WriteResult,
  what: "edit" | "undo" = "edit",
): readonly string[] {
  const { failure, ignored, conflicts } = result;
  return [
    ...(failure === undefined ? [] : [failedInWords(server, failure)]),
    ...sentences(ignored, ({ change, found }) =>
      phrase("notTaken", server, { change, theirs: found }),
    ),
    ...sentences(conflicts, (each) =>
      phrase(what === "edit" ? "conflict" : "notUndone", server, each),
    ),
  ];
}

/** Sentences on saved fields that have another value now. */
export function overwrittenInWords(server: string, fields: readonly Conflict[]): string {
  return sentences(fields, (each) => phrase("overwritten", server, each)).join(" ");
}

/** Tells what a save removed beside its changes. Each value is named, because nothing else has it. */
export function lostInWords(portal: string, lost: readonly FieldChange[]): string {
  return l10n.t(
    "{0}: Cloudflare takes no overrides of tools and prompts that are gone, so this save removed {1}.",
    portal,
    valuesInWords(lost),
  );
}

/** The same of a save that was told as failed, and arrived later. */
export function removedInWords(portal: string, lost: readonly FieldChange[]): string {
  return l10n.t(
    "{0}: Cloudflare takes no overrides of tools and prompts that are gone, so the save that arrived after all removed {1}.",
    portal,
    valuesInWords(lost),
  );
}

function valuesInWords(lost: readonly FieldChange[]): string {
  return listed(
    lost.map(({ field, from }) =>
      l10n.t("{0}: {1}", fieldInWords(field), valueInWords(field, from)),
    ),
  );
}

/** Reports changes that were told as unsaved and have arrived since. */
export function arrivedInWords(server: string, changes: readonly FieldChange[]): string {
  return changes.length === 1
    ? l10n.t("{0}: {1} was saved after all.", server, fieldsInWords(changes))
    : l10n.t("{0}: {1} were saved after all.", server, fieldsInWords(changes));
}

function failedInWords(server: string, failure: NonNullable<WriteResult["failure"]>): string {
  const what = fieldsInWords(failure.changes);
  return `${unsavedFields(server, what, failure)} ${reasonOf(failure.error)}`;
}

function unsavedFields(
  server: string,
  what: string,
  { status, changes }: NonNullable<WriteResult["failure"]>,
): string {
  if (status === "unknown") {
    return l10n.t("{0}: it isn't known whether this was saved: {1}.", server, what);
  }
  return changes.length === 1
    ? l10n.t("{0}: {1} wasn't saved.", server, what)
    : l10n.t("{0}: {1} weren't saved.", server, what);
}

export function fieldsInWords(changes: readonly FieldChange[]): string {
  if (changes.length > 1 && changes.every(({ field }) => field.key === "enabled")) {
    return l10n.t("whether {0} tools and prompts are enabled", changes.length);
  }
  const named = changes.slice(0, NAMED).map(({ field }) => fieldInWords(field));
  const more = changes.length - named.length;
  return more > 0 ? l10n.t("{0} and {1} more", listed(named), more) : listed(named);
}

/** The server, the field, our value, and the value that is there in its place. */
type Parts = [server: string, field: string, ours: string, theirs: string];

/** Each names both values, so that the person can choose between them. */
const SENTENCES = {
  notTaken: (...parts: Parts) =>
    l10n.t("{0}: Cloudflare didn't set {1} to {2}; it is {3}.", ...parts),
  conflict: (...parts: Parts) =>
    l10n.t("{0}: {1} has become {3} meanwhile; yours is {2}.", ...parts),
  notUndone: (...parts: Parts) =>
    l10n.t("{0}: {1} has been changed to {3} since, so it wasn't set back to {2}.", ...parts),
  overwritten: (...parts: Parts) =>
    l10n.t("{0}: {1}, which you saved as {2}, has been changed to {3} elsewhere.", ...parts),
};

function phrase(
  kind: keyof typeof SENTENCES,
  server: string,
  { change: { field, to }, theirs }: Conflict,
): string {
  return SENTENCES[kind](
    server,
    fieldInWords(field),
    valueInWords(field, to),
    valueInWords(field, theirs),
  );
}

function sentences<T>(all: readonly T[], inWords: (each: T) => string): readonly string[] {
  const more = all.length - NAMED;
  const words = all.slice(0, NAMED).map(inWords);
  return more > 0 ? [...words, l10n.t("And {0} more.", more)] : words;
}
