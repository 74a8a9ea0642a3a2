import type { CommandName, Target } from "../../manifest.ts";
import type { App } from "./app.ts";
import { readArguments } from "./arguments.ts";
import { handlers } from "./handlers.ts";
import { meetPreconditions } from "./preconditions.ts";

export { setCheckboxes } from "../capabilities/index.ts";
export { tellLateOutcome } from "../edits/index.ts";
export { runFix } from "../problems/index.ts";

/** @param pressed the row on which a key was pressed */
export function runCommand(
  app: App,
  name: CommandName,
  args: readonly unknown[],
  pressed: Target | undefined,
): unknown {
  const given = readArguments(name, args, pressed);
  const met = meetPreconditions(app, name, given);
  return met && handlers[name](app, met);
}
