import * as vscode from "vscode";
import type { FieldValue } from "../../domain/changes/change.ts";
import { serverDescriptionProblem, serverNameProblem } from "../../domain/servers/newServer.ts";
import type { Server } from "../../domain/servers/server.ts";
import { Answer, askForm } from "../../editor/multiStepInput.ts";
import { notifyError } from "../../editor/notifications.ts";
import { findServer } from "../../engine/state.ts";
import type { CommandArguments } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { saveEdits, serverChanges } from "../edits/index.ts";
import { serverTargets } from "../targets/index.ts";

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
  const values = args.text === undefined ? await ask(server) : given(args.text);
  if (values === undefined) {
    return;
  }
  await saveEdits(app, serverChanges(app, target, values, server));
}

function ask(server: Server): Promise<readonly FieldValue[] | undefined> {
  const title = vscode.l10n.t("Name and description of {0}", server.name);
  const answers = { name: new Answer<string>(), description: new Answer<string>() };
  return askForm(async (input) => {
    input.expect(2);
    const name = await input.text(answers.name, {
      title,
      prompt: vscode.l10n.t("Name"),
      value: server.name,
      problem: serverNameProblem,
    });
    const description = await input.text(answers.description, {
      title,
      prompt: vscode.l10n.t("Description; left empty, the server has none"),
      value: server.description ?? "",
      problem: serverDescriptionProblem,
    });
    return valuesOf(name, description);
  });
}

function given(text: string): readonly FieldValue[] | undefined {
  const end = text.indexOf("\n");
  const name = end === -1 ? text : text.slice(0, end);
  const description = end === -1 ? undefined : text.slice(end + 1);
  const problem = serverNameProblem(name) ?? serverDescriptionProblem(description ?? "");
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
      : [
          {
            field: { of: undefined, key: "description" },
            to: description === "" ? null : description,
          } as const,
        ]),
  ];
}
