import * as vscode from "vscode";
import { flashStatus } from "../../editor/notifications.ts";
import { COMMANDS, type CommandId, FIX_COMMANDS, PRESSED } from "../../manifest.ts";
import type { App } from "../app.ts";

/** Registers every command, and what else starts one. What they do is loaded with the first. */
export function registerCommands(app: App): readonly vscode.Disposable[] {
  const commands = Object.values(COMMANDS).map((id) =>
    vscode.commands.registerCommand(id, (...args: unknown[]) => run(app, id, args)),
  );
  const checkboxes = app.tree.view.onDidChangeCheckboxState(async ({ items }) => {
    const boxes = items.flatMap(([node, state]) =>
      node.kind === "tool" || node.kind === "prompt"
        ? [[node, state === vscode.TreeItemCheckboxState.Checked] as const]
        : [],
    );
    await (await load()).setCheckboxes(app, boxes);
  });
  const lateOutcomes = app.sessions.onLateOutcome(async (lateOutcome) => {
    await (await load()).tellLateOutcome(app, lateOutcome);
  });
  const fixes = Object.values(FIX_COMMANDS).map((id) =>
    vscode.commands.registerCommand(id, async (request: unknown) =>
      (await load()).runFix(app, id, request),
    ),
  );
  return [...commands, ...fixes, checkboxes, lateOutcomes];
}

async function run(app: App, id: CommandId, args: readonly unknown[]): Promise<unknown> {
  // Before anything is waited for: who presses keys one after the other has moved on by then.
  const row = args[0] === PRESSED ? app.tree.pressed.consume() : undefined;
  const { handlers, meetsPreconditions, isRowForgotten, readArguments } = await load();
  if (isRowForgotten(id, args)) {
    return tellForgotten();
  }
  const given = readArguments(args, row);
  if (args[0] === PRESSED && row === undefined) {
    return tellForgotten();
  }
  return meetsPreconditions(app, id, given) ? handlers[id](app, given) : undefined;
}

/** Better than to ask which row was meant: the person has just clicked on it. */
function tellForgotten(): void {
  flashStatus(vscode.l10n.t("This row was being drawn anew. Try again."));
}

function load(): Promise<typeof import("./handlers.ts")> {
  return import("./handlers.ts");
}
