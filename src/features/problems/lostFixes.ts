import * as vscode from "vscode";
import type { FixKind } from "../../domain/checks/fixes.ts";
import { portalRef } from "../../domain/portals/portalKind.ts";
import { LOST_RULE } from "../../domain/review/lostOverrides.ts";
import type { CapabilityRef } from "../../domain/servers/fields.ts";
import { serverRef } from "../../domain/servers/serverKind.ts";
import type { ProblemAddress } from "../../target.ts";
import type { ProblemsContext } from "./findings.ts";
import type { PlannedFix } from "./fixPlan.ts";

/** The fixes that set again what somebody had set before. */
export const RESTORING = ["restoreOverride", "carryOver"] as const satisfies readonly FixKind[];

/** Forgets what has been brought back, and leaves off for good what was off. */
export async function settleLost(
  app: ProblemsContext,
  fixed: readonly Pick<PlannedFix, "address" | "finding" | "fix">[],
): Promise<void> {
  for (const { address, finding, fix } of fixed) {
    const { subject } = finding;
    if (subject === undefined || !RESTORING.some((kind) => kind === fix.kind)) {
      continue;
    }
    if (address.portalId === undefined) {
      await leaveOff(app, address, fix);
    }
    if (!isStillLost(app, address, subject)) {
      await forgetLost(app, address, subject);
    }
  }
}

/** Otherwise accepting a new name would turn on what was off under the old one. */
async function leaveOff(
  app: ProblemsContext,
  address: ProblemAddress,
  { values }: PlannedFix["fix"],
): Promise<void> {
  const off = values.flatMap(({ field: { of, key }, to }): readonly CapabilityRef[] =>
    key === "enabled" && to === false && (of?.kind === "tool" || of?.kind === "prompt")
      ? [{ kind: of.kind, name: of.name }]
      : [],
  );
  const left = app.reviews.leaveOff(address, off);
  app.reporter.inBackground(vscode.l10n.t("Accepting it will turn it on."), left);
  await left.catch(() => undefined);
}

function isStillLost(
  { findings }: ProblemsContext,
  address: ProblemAddress,
  { kind, name }: CapabilityRef,
): boolean {
  const { accountId, portalId } = address;
  const found =
    portalId === undefined ? findings.of(address) : findings.ofPortal({ accountId, portalId });
  return found.some(
    ({ rule, subject, mapping = address.serverId }) =>
      rule === LOST_RULE &&
      mapping === address.serverId &&
      subject?.kind === kind &&
      subject.name === name,
  );
}

/** Drops a lost override, which isn't at Cloudflare any more. */
export async function forgetLost(
  app: ProblemsContext,
  { accountId, portalId, serverId }: ProblemAddress,
  of: CapabilityRef,
): Promise<void> {
  const ref =
    portalId === undefined ? serverRef(accountId, serverId) : portalRef(accountId, portalId);
  const forgotten = app.findings.forgetLost(ref, { serverId, of });
  app.reporter.inBackground(vscode.l10n.t("The lost override wasn't forgotten."), forgotten);
  await forgotten.catch(() => undefined);
}
