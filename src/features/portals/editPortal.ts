import * as vscode from "vscode";
import type { FieldValue } from "../../domain/changes/change.ts";
import { portalDescriptionProblem, portalNameProblem } from "../../domain/portals/newPortal.ts";
import type { Portal } from "../../domain/portals/portal.ts";
import { Answer, askForm } from "../../editor/multiStepInput.ts";
import { notifyError } from "../../editor/notifications.ts";
import { findPortal } from "../../engine/state.ts";
import type { CommandArguments } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { portalChanges, saveEdits } from "../edits/index.ts";
import { portalTargets } from "../targets/index.ts";

/** Edits name and description. A script gives the name, a line break and the description. */
export async function editPortal(app: AppContext, args: CommandArguments): Promise<void> {
  const [target] = await portalTargets(app, args, {
    title: vscode.l10n.t("Edit the name of which portal?"),
    many: false,
  });
  const portal = target && findPortal(app.store.state, target)?.optimistic;
  if (target === undefined || portal === undefined) {
    return;
  }
  const values = args.text === undefined ? await ask(portal) : given(args.text);
  if (values !== undefined) {
    await saveEdits(app, portalChanges(app, target, values, portal));
  }
}

function ask(portal: Portal): Promise<readonly FieldValue[] | undefined> {
  const title = vscode.l10n.t("Name and description of {0}", portal.name);
  const answers = { name: new Answer<string>(), description: new Answer<string>() };
  return askForm(async (input) => {
    input.expect(2);
    const name = await input.text(answers.name, {
      title,
      prompt: vscode.l10n.t("Name"),
      value: portal.name,
      problem: portalNameProblem,
    });
    const description = await input.text(answers.description, {
      title,
      prompt: vscode.l10n.t("Description; left empty, the portal has none"),
      value: portal.description ?? "",
      problem: portalDescriptionProblem,
    });
    return valuesOf(name, description);
  });
}

function given(text: string): readonly FieldValue[] | undefined {
  const [name = "", ...lines] = text.split("\n");
  const description = lines.length === 0 ? undefined : lines.join("\n");
  const problem = portalNameProblem(name) ?? portalDescriptionProblem(description ?? "");
  if (problem === undefined) {
    return valuesOf(name, description);
  }
  void notifyError(problem);
  return undefined;
}

function valuesOf(name: string, description: string | undefined): readonly FieldValue[] {
  return [
    { field: { of: undefined, key: "name" }, to: name },
    ...(description === undefined
      ? []
      : [{ field: { of: undefined, key: "description" }, to: description || null }]),
  ];
}
