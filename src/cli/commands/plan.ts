import * as l10n from "@vscode/l10n";
import type { Command } from "../command.ts";
import { folderArgument, planOptions } from "./arguments.ts";

export const plan: Command = {
  name: "plan",
  argument: folderArgument,
  summary: () => l10n.t("show what apply would change, as a diff; writes nothing"),
  options: planOptions,
  example: "plan portals",
  async run(call) {
    const { showPlan } = await import("../plan/showPlan.ts");
    return showPlan(call);
  },
};
