import { hash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import * as l10n from "@vscode/l10n";
import titles from "../../../package.nls.json" with { type: "json" };
import type { ReportedFinding } from "../../domain/report/reportedFinding.ts";
import { sarifOf } from "../../domain/report/sarif.ts";
import { CommandError } from "../failures.ts";

const TITLES = new Map<string, string>(Object.entries(titles));

/** Writes a SARIF log. Rejects with a CommandError where the file can't be written. */
export async function writeSarif(
  path: string,
  findings: readonly ReportedFinding[],
  version: string,
): Promise<void> {
  const log = sarifOf(findings, {
    version,
    titleOf: (rule) => TITLES.get(`rule.${rule.replace("/", ".")}`),
    hash: (text) => hash("sha256", text).slice(0, 32),
  });
  try {
    await writeFile(path, log);
  } catch (cause) {
    throw new CommandError(2, l10n.t("{0} can't be written.", path), { cause });
  }
}
