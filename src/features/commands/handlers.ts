import type { CommandArguments, CommandName } from "../../manifest.ts";
import * as accounts from "../accounts/index.ts";
import * as capabilities from "../capabilities/index.ts";
import * as edits from "../edits/index.ts";
import * as find from "../find/index.ts";
import * as problems from "../problems/index.ts";
import * as servers from "../servers/index.ts";
import * as status from "../status/index.ts";
import * as sync from "../sync/index.ts";
import type { App } from "./app.ts";

export type CommandHandler = (app: App, args: CommandArguments) => unknown;

/** The function of each command, exported by a feature under the command's name. */
export const handlers: Readonly<Record<CommandName, CommandHandler>> = {
  ...accounts,
  ...capabilities,
  ...edits,
  ...find,
  ...problems,
  ...servers,
  ...status,
  ...sync,
};
