import * as l10n from "@vscode/l10n";
import { createTwoFilesPatch } from "diff";
import { listed } from "../../base/text.ts";
import { fieldPath } from "../../domain/documents/shape.ts";
import { type Action, conflictsIn, type Plan } from "../../domain/plans/plan.ts";
import { notesOf } from "../../domain/plans/planWords.ts";
import type { Output, Style } from "../output.ts";

const CONTEXT = 3;
/** What stands in place of a file that isn't there, as in git. */
const NOTHING = "/dev/null";

/** Writes a plan as a unified diff, with what has to be known beside it and a summary line. */
export function tellPlan(output: Output, plan: Plan): void {
  for (const action of plan) {
    for (const line of diffLines(action)) {
      output.line(line, styleOf(line));
    }
    for (const note of notesOf(action)) {
      output.line(note, "yellow");
    }
  }
  output.line(summary(plan));
}

function diffLines({ path, before, after }: Action): readonly string[] {
  if (before === after) {
    return [];
  }
  const [old, now] = [before === "" ? NOTHING : `a/${path}`, after === "" ? NOTHING : `b/${path}`];
  const patch = createTwoFilesPatch(old, now, before, after, undefined, undefined, {
    context: CONTEXT,
  });
  // The first line only underlines.
  return patch.trimEnd().split("\n").slice(1);
}

function styleOf(line: string): Style | undefined {
  if (line.startsWith("---") || line.startsWith("+++")) {
    return "bold";
  }
  switch (line[0]) {
    case "+":
      return "green";
    case "-":
      return "red";
    case "@":
      return "cyan";
    default:
      return undefined;
  }
}

interface Counts {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  readonly conflict: number;
}

function countsOf(plan: Plan): Counts {
  const of = (action: Action["action"]): number =>
    plan.filter((each) => each.action === action).length;
  return {
    create: of("create"),
    update: of("update"),
    delete: of("delete"),
    conflict: conflictsIn(plan),
  };
}

function summary(plan: Plan): string {
  if (plan.length === 0) {
    return l10n.t("The account is as the files say.");
  }
  const counts = countsOf(plan);
  return listed([
    l10n.t("{0} to create", counts.create),
    l10n.t("{0} to change", counts.update),
    l10n.t("{0} to delete", counts.delete),
    ...(counts.conflict === 0
      ? []
      : [counts.conflict === 1 ? l10n.t("1 conflict") : l10n.t("{0} conflicts", counts.conflict)]),
  ]);
}

/** The same for programs. Its form doesn't change but for keys that are added. */
export function planJson(plan: Plan): string {
  const changes = plan.map((action) => ({
    action: action.action,
    kind: action.kind,
    id: action.id,
    path: action.path,
    ...(action.action === "update"
      ? {
          fields: action.changes.map(({ field, from, to }) => ({
            path: fieldPath(field),
            from,
            to,
          })),
          conflicts: action.conflicts.map(({ change, theirs }) => ({
            path: fieldPath(change.field),
            file: change.to,
            account: theirs,
          })),
        }
      : {}),
  }));
  return JSON.stringify({ changes, summary: countsOf(plan) });
}
