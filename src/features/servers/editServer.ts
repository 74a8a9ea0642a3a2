import * as vscode from "vscode";
import type { FieldValue } from "../../domain/changes/change.ts";
import { serverDescriptionProblem, serverNameProblem } from "../../domain/servers/newServer.ts";
import type { Server } from "../../domain/servers/server.ts";
import { askForm } from "../../editor/multiStepInput.ts";
import { findServer } from "../../engine/state.ts";
import type { CommandArguments } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { saveEdits, serverChanges } from "../edits/index.ts";
import { askName, givenName, NameAnswers } from "../nameForm.ts";
import { serverTargets } from "../targets/index.ts";

const RULES = { nameProblem: serverNameProblem, descriptionProblem: serverDescriptionProblem };

/** Edits name and description. A script gives the name, a line break and the description. */
export async function editServer(app: AppContext, args: CommandArguments): Promise<void> {
  const [target] = await serverTargets(app, args, {
    title: vscode.l10n.t("Edit the name of which server?"),
    many: false,
  });
  const server =
    target && findServer(app.store.state, target.accountId, target.serverId)?.optimistic;
  if (target === undefined || server === undefined) {
    return;
  }
  const values = args.text === undefined ? await ask(server) : givenName(args.text, RULES);
  if (values !== undefined) {
    await saveEdits(app, serverChanges(app, target, values, server));
  }
}

function ask({ name, description }: Server): Promise<readonly FieldValue[] | undefined> {
  const answers = new NameAnswers();
  return askForm((input) => {
    input.expect(2);
    return askName(input, answers, {
      ...RULES,
      title: vscode.l10n.t("Name and description of {0}", name),
      name,
      description,
      descriptionPrompt: vscode.l10n.t("Description; left empty, the server has none"),
    });
  });
}
