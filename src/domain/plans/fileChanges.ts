import type { JsonRecord } from "../../base/json.ts";
import { type Conflict, type FieldChange, fieldId, type PartRef } from "../changes/change.ts";
import { documentChanges } from "../documents/changes.ts";
import { checkDocument } from "../documents/check.ts";
import { partIn } from "../documents/parse.ts";
import type { DocumentProblem } from "../documents/problem.ts";
import type { ResourceDocument } from "../documents/resourceDocument.ts";
import type { ResourceFile } from "../files/resourceFile.ts";
import type { UpdateAction } from "./plan.ts";

export interface FileChanges {
  readonly changes: readonly FieldChange[];
  readonly conflicts: readonly Conflict[];
}

export interface ChangesOptions {
  /** The document at the last pull or apply; undefined where it isn't known. */
  readonly pulled: JsonRecord | undefined;
  /** Writes over what somebody else has changed since. */
  readonly force: boolean;
  /** Tools that stay off until they are accepted. */
  readonly held?: readonly string[];
}

/** All that a file says differently from the resource. */
export function changesInFile(
  document: ResourceDocument,
  file: ResourceFile,
): readonly FieldChange[] {
  return changesSince(document, document.text, file);
}

/**
 * The changes that bring a resource to what its file says. A field that the file leaves as it was
 * pulled is brought back, whoever changed it. One that both the file and somebody else changed is a
 * conflict.
 */
export function fileChanges(
  document: ResourceDocument,
  file: ResourceFile,
  { pulled, force }: ChangesOptions,
): FileChanges {
  const changes = changesInFile(document, file);
  if (pulled === undefined || force) {
    return { changes, conflicts: [] };
  }
  const edits = new Map(
    changesSince(document, JSON.stringify(pulled), file).map((edit) => [fieldId(edit.field), edit]),
  );
  const isConflict = ({ field, from }: FieldChange): boolean => {
    const edit = edits.get(fieldId(field));
    return edit !== undefined && !document.same(field, edit.from, from);
  };
  return {
    changes: changes.filter((change) => !isConflict(change)),
    conflicts: changes.filter(isConflict).map((change) => ({ change, theirs: change.from })),
  };
}

/** True where a file says something else than it did when it was pulled. */
export function isEdited(
  document: ResourceDocument,
  file: ResourceFile,
  pulled: JsonRecord,
): boolean {
  return changesSince(document, JSON.stringify(pulled), file).length > 0;
}

interface Wanted {
  readonly subject: Pick<UpdateAction, "kind" | "id" | "path">;
  readonly file: ResourceFile;
  readonly found: FileChanges;
  /** False for a change that is left alone. */
  isMeant(change: FieldChange): boolean;
  readonly before: string;
  /** The resource as a file once the changes are written. */
  after(changes: readonly FieldChange[]): string;
}

/** The update that a file asks for; undefined where there is nothing to write and no conflict. */
export function updateOf(wanted: Wanted): UpdateAction | undefined {
  const { subject, file, found, isMeant, before, after } = wanted;
  const changes = found.changes.filter(isMeant);
  const conflicts = found.conflicts.filter(({ change }) => isMeant(change));
  return changes.length + conflicts.length === 0
    ? undefined
    : {
        ...subject,
        action: "update",
        file,
        changes,
        conflicts,
        unlisted: unlistedIn(file, changes),
        before,
        after: after(changes),
      };
}

/**
 * The problems that a file brings. What the account itself has in the same way is nothing that an apply
 * would write.
 */
export function fileProblems(
  document: ResourceDocument,
  file: ResourceFile,
): readonly DocumentProblem[] {
  const found = checkDocument(file.text, document, file.content);
  if (found.length === 0) {
    return found;
  }
  const idOf = ({ code, message }: DocumentProblem): string => JSON.stringify([code, message]);
  const present = new Set(checkDocument(document.text, document).map(idOf));
  return found.filter((problem) => !present.has(idOf(problem)));
}

/** A portal's file without its servers says nothing of them. */
function changesSince(
  document: ResourceDocument,
  base: string,
  { kind, text, content }: ResourceFile,
): readonly FieldChange[] {
  const changes = document.meaningful(documentChanges(document, base, text));
  const isSilent = kind === "portal" && !content.sections.has("servers");
  return isSilent ? changes.filter(({ field }) => field.of === undefined) : changes;
}

/** The names of tools and prompts whose overrides go because the file doesn't list them. */
function unlistedIn({ content }: ResourceFile, changes: readonly FieldChange[]): readonly string[] {
  const names = changes.flatMap(({ field: { of } }) =>
    of === undefined || of.kind === "mapping" || isListed(of) ? [] : [of.name],
  );
  return [...new Set(names)];

  /** What goes with its server is told with the server. */
  function isListed(of: PartRef): boolean {
    const isOwnerGone = of.within !== undefined && partIn(content, of.within) === undefined;
    return isOwnerGone || partIn(content, of) !== undefined;
  }
}
