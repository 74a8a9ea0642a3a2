import type { CommandName } from "../../manifest.ts";
import type { CommandArguments, Row } from "../../target.ts";
import * as accounts from "../accounts/index.ts";
import * as capabilities from "../capabilities/index.ts";
import * as clients from "../clients/index.ts";
import * as connect from "../connect/index.ts";
import * as cost from "../cost/index.ts";
import * as edits from "../edits/index.ts";
import * as files from "../files/index.ts";
import * as find from "../find/index.ts";
import * as live from "../live/index.ts";
import * as portals from "../portals/index.ts";
import * as problems from "../problems/index.ts";
import * as promote from "../promote/index.ts";
import * as reach from "../reach/index.ts";
import * as refresh from "../refresh/index.ts";
import * as resources from "../resources/index.ts";
import * as review from "../review/index.ts";
import * as selection from "../selection/index.ts";
import * as servers from "../servers/index.ts";
import * as status from "../status/index.ts";
import * as sync from "../sync/index.ts";
import * as trial from "../trial/index.ts";
import { openWalkthrough } from "../walkthrough.ts";
import type { App } from "./app.ts";
import { readArguments } from "./arguments.ts";
import { meetPreconditions } from "./preconditions.ts";

export { costPages } from "../cost/index.ts";
export { runFix } from "../problems/index.ts";
export { reachPages } from "../reach/index.ts";

type CommandHandler = (app: App, args: CommandArguments) => unknown;

/** The function of each command, exported by a feature under the command's name. */
const handlers: Readonly<Record<CommandName, CommandHandler>> = {
  ...accounts,
  ...capabilities,
  ...clients,
  ...connect,
  ...cost,
  ...edits,
  ...files,
  ...find,
  ...live,
  openWalkthrough,
  ...portals,
  ...problems,
  ...promote,
  ...reach,
  ...refresh,
  ...resources,
  ...review,
  ...selection,
  ...servers,
  ...status,
  ...sync,
  ...trial,
};

/** @param pressed the row on which a key was pressed */
export function runCommand(
  app: App,
  name: CommandName,
  args: readonly unknown[],
  pressed: Row | undefined,
): unknown {
  const given = readArguments(name, args, pressed);
  const met = meetPreconditions(app, name, given);
  return met && handlers[name](app, met);
}
