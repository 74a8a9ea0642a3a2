import * as vscode from "vscode";
import { flashStatus } from "../../editor/notifications.ts";
import { type CommandName, PRESSED, type Target } from "../../manifest.ts";
import type { App } from "./app.ts";
import { isRowForgotten, readArguments } from "./arguments.ts";
import { handlers } from "./handlers.ts";
import { meetsPreconditions } from "./preconditions.ts";

export { setCheckboxes } from "../capabilities/index.ts";
export { tellLateOutcome } from "../edits/index.ts";
export { runFix } from "../problems/index.ts";

/** @param pressed the row that a key was pressed on */
export function runCommand(
  app: App,
  name: CommandName,
  args: readonly unknown[],
  pressed: Target | undefined,
): unknown {
  if (isRowForgotten(name, args) || (args[0] === PRESSED && pressed === undefined)) {
    return tellForgotten();
  }
  const given = readArguments(name, args, pressed);
  return meetsPreconditions(app, name, given) ? handlers[name](app, given) : undefined;
}

/** Better than to ask which row was meant: the person has just clicked on it. */
function tellForgotten(): void {
  flashStatus(vscode.l10n.t("This row was being drawn anew. Try again."));
}
