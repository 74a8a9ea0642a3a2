import * as l10n from "@vscode/l10n";
import type { ExitStatus, Invocation } from "../command.ts";
import { findFiles, readFolder, serversIn } from "../files/workFolder.ts";
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
  output.progress(l10n.t("Reading the account…"));
  const found = await findFiles(folder);
  const reading = remote.read(serversIn(found));
  // Told below. Without this, files that can't be understood would leave it to nobody.
  reading.catch(() => undefined);
  // Files and a large lock are read while the account's answers are under way.
  const work = await readFolder(folder, remote.id, found);
  const resources = await reading;
  const plan = planFolder(work, resources, { prune: flag("prune"), force: flag("force") });
  if (isJson) {
    output.line(planJson(plan));
  } else {
    tellPlan(output, plan);
  }
  return plan.length === 0 ? 0 : 1;
}
