import * as l10n from "@vscode/l10n";
import { reportFindings } from "../../domain/report/reportedFinding.ts";
import { passes } from "../../domain/report/threshold.ts";
import { applyWaivers, type Waived } from "../../domain/report/waivers.ts";
import type { ExitStatus, Invocation } from "../command.ts";
import { accountFindings } from "./accountFindings.ts";
import { type CheckedAccount, checkedAccount } from "./checkedAccount.ts";
import { type CheckOptions, checkOptions } from "./checkOptions.ts";
import { printReport } from "./printReport.ts";

/** Tells all problems of an account. Waived ones don't count. */
export async function check(call: Invocation): Promise<ExitStatus> {
  const options = checkOptions(call);
  const account = await checkedAccount(call);
  call.output.progress(l10n.t("Checking…"));
  const report = await reportOf(account, options);
  if (options.sarif !== undefined) {
    const { writeSarif } = await import("./writeSarif.ts");
    await writeSarif(options.sarif, report.findings, call.version);
  }
  printReport(report, options.format, call.output);
  return passes(report.findings, options.tolerated) ? 0 : 1;
}

async function reportOf(account: CheckedAccount, { settings }: CheckOptions): Promise<Waived> {
  const { resources, reach, baselines, planned, waivers } = account;
  const { tokenCosts } = await import("./tokenCosts.ts");
  const costs = tokenCosts(resources.servers);
  const found = accountFindings({ resources, settings, costs, reach, baselines, planned });
  const findings = reportFindings(found, (resource) => account.fileOf(resource));
  const today = new Date().toISOString().slice(0, "2000-01-01".length);
  return applyWaivers(findings, waivers.list, { path: waivers.path, today });
}
