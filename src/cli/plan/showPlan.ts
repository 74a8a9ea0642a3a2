import * as l10n from "@vscode/l10n";
import type { ExitStatus, Invocation } from "../command.ts";
import { readFolder } from "../files/workFolder.ts";
import { planFolder } from "./planFolder.ts";
import { planJson, tellPlan } from "./tellPlan.ts";

/** Shows what an apply would change. Writes nothing. */
export async function showPlan({
  args: [folder = "."],
  output,
  isJson,
  account,
  flag,
}: Invocation): Promise<ExitStatus> {
  const remote = account();
  const work = await readFolder(folder, remote.id);
  output.progress(l10n.t("Reading the account…"));
  const resources = await remote.read();
  const plan = planFolder(work, resources, { prune: flag("prune"), force: flag("force") });
  if (isJson) {
    output.line(planJson(plan));
  } else {
    tellPlan(output, plan);
  }
  return plan.length === 0 ? 0 : 1;
}
