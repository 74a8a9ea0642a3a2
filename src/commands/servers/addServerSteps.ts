import * as vscode from "vscode";
import {
  serverIdProblem,
  serverIdWarning,
  serverNameProblem,
  serverUrlProblem,
  suggestServerId,
} from "../../model/server/newServer.ts";
import type { Step } from "../../ui/forms/steps.ts";
import { textStep } from "../../ui/forms/textStep.ts";

export type Key = "name" | "id" | "hostname" | "way" | "credential";

export function title(): string {
  return vscode.l10n.t("Add a server");
}

export function plainSteps(taken: ReadonlySet<string>): readonly Step<Key>[] {
  return [
    textStep<Key>({
      key: "name",
      title: title(),
      prompt: vscode.l10n.t("Name, as people see it"),
      problem: serverNameProblem,
    }),
    textStep<Key>({
      key: "id",
      title: title(),
      prompt: vscode.l10n.t(
        "Id: portals put it before the names of its tools, and it can't be changed later",
      ),
      value: (answers) => suggestServerId(answers.get("name") ?? "", taken),
      problem: (id) => serverIdProblem(id, taken),
      warning: serverIdWarning,
    }),
    textStep<Key>({
      key: "hostname",
      title: title(),
      prompt: vscode.l10n.t("URL of the MCP server; it can't be changed later"),
      placeholder: "https://docs.example.com/mcp",
      problem: serverUrlProblem,
    }),
  ];
}
