import * as vscode from "vscode";
import { COMMAND_NAMES, COMMANDS, FIX_COMMANDS, PRESSED } from "../../manifest.ts";
import type { App } from "./app.ts";

/** Registers every command, and what else starts one. What they do is loaded with the first. */
export function registerCommands(app: App): readonly vscode.Disposable[] {
  const commands = COMMAND_NAMES.map((name) =>
    vscode.commands.registerCommand(COMMANDS[name], async (...args: unknown[]) => {
      // Before anything is waited for: a next key moves the focus on.
      const pressed = args[0] === PRESSED ? app.tree.pressed.consume() : undefined;
      return (await load()).runCommand(app, name, args, pressed);
    }),
  );
  const checkboxes = app.tree.onDidCheck(async (items) => {
    const boxes = items.flatMap(({ node, checked }) =>
      node.kind === "tool" || node.kind === "prompt" ? [[node, checked] as const] : [],
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

function load(): Promise<typeof import("./run.ts")> {
  return import("./run.ts");
}
