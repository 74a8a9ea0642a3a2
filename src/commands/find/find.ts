import type { CommandArguments } from "../../contributions.ts";
import { NO_FILTER } from "../../model/filter.ts";
import { reach } from "../../ui/milestones.ts";
import { isVisible } from "../../ui/tree/nodes.ts";
import type { App } from "../app.ts";
import { screenOf } from "../targets.ts";
import { FindList } from "./list.ts";

/** One list over every tool and prompt on screen; what is picked is shown in the tree. */
export async function find(app: App, { text }: CommandArguments): Promise<void> {
  const list = new FindList(app, text ?? "");
  const target = await list.ask();
  if (target === undefined) return;
  reach("explored");
  if (!isVisible(screenOf(app), target)) app.store.filter(NO_FILTER);
  await app.tree.reveal(target);
}
