import * as vscode from "vscode";
import {
  COMMAND_NAMES,
  COMMAND_TABLE,
  COMMANDS,
  FIX_COMMANDS,
  PAGES,
  PRESSED,
  VIEWS,
  WARM_UP,
} from "../../manifest.ts";
import type { Row } from "../../target.ts";
import type { App } from "./app.ts";

/**
 * Registers every command. Loads their implementation when the first one runs:
 * with its 34 kB, the cold load of activation takes 1.15 times as long.
 */
export function registerCommands(app: App): readonly vscode.Disposable[] {
  const commands = COMMAND_NAMES.map((name) =>
    vscode.commands.registerCommand(COMMANDS[name], async (...args: unknown[]) => {
      if (args[0] === WARM_UP) {
        return undefined;
      }
      // Taken before anything is awaited, because the next key moves the focus.
      const pressed = args[0] === PRESSED ? pressedIn(app, args[1]) : undefined;
      return (await load()).runCommand(app, name, args, pressed);
    }),
  );
  const fixes = Object.values(FIX_COMMANDS).map((id) =>
    vscode.commands.registerCommand(id, async (request: unknown) =>
      (await load()).runFix(app, id, request),
    ),
  );
  void warmUpKeys();
  return [...commands, ...fixes, keepPages(app, "cost"), keepPages(app, "reach")];
}

/** Fills pages that were open before the window was reloaded, as their command does. */
function keepPages(app: App, kind: "cost" | "reach"): vscode.Disposable {
  return vscode.window.registerWebviewPanelSerializer(PAGES[kind], {
    deserializeWebviewPanel: async (panel, state: unknown) =>
      (await load())[`${kind}Pages`](app).deserializeWebviewPanel(panel, state),
  });
}

/** @param view the view of the row; the servers' where a key doesn't tell it */
function pressedIn(app: App, view: unknown): Row | undefined {
  return (view === VIEWS.portals ? app.portalsView : app.serversView).pressed.consume();
}

/**
 * VS Code asks the extension host before it runs a command for the first time. Keys pressed
 * meanwhile would move the focus, so each command that has a key is called once without effect.
 */
async function warmUpKeys(): Promise<void> {
  const commands = COMMAND_NAMES.filter((name) => COMMAND_TABLE[name].key !== undefined).map(
    (name) => ({
      command: COMMANDS[name],
      args: [WARM_UP],
    }),
  );
  await vscode.commands.executeCommand("runCommands", { commands });
}

function load(): Promise<typeof import("./handlers.ts")> {
  return import("./handlers.ts");
}
