import { SEVERITIES, type Severity } from "../checks/finding.ts";
import { type ReportedFinding, rankOf } from "./reportedFinding.ts";

/** The worst severity that a check lets pass. */
export type Tolerated = Severity | "none";

/** In the order in which they let more pass. */
export const TOLERATED: readonly Tolerated[] = ["none", ...SEVERITIES.toReversed()];

/** Unless told otherwise, an error or a warning fails a check. */
export const DEFAULT_TOLERATED: Tolerated = "information";

/** True where nothing is worse than what is tolerated. */
export function passes(findings: readonly ReportedFinding[], tolerated: Tolerated): boolean {
  return findings.every(
    ({ severity }) => tolerated !== "none" && rankOf(severity) >= rankOf(tolerated),
  );
}
