import * as l10n from "@vscode/l10n";
import { capabilityEdit } from "../edits/edit.ts";
import { catalogueOf } from "../server/catalogue.ts";
import type { Server } from "../server/server.ts";
import { capabilityFix } from "./capabilityFixes.ts";
import type { Finding } from "./finding.ts";
import type { Fix, FixKind, Surroundings } from "./fix.ts";
import { fixKindsOf } from "./fixKinds.ts";

/** The fixes of a finding, the one that helps best first. */
export function fixesOf(finding: Finding, around: Surroundings): readonly Fix[] {
  return fixKindsOf(finding.rule).flatMap((kind) => fixOf(kind, finding, around) ?? []);
}

export function fixOf(kind: FixKind, finding: Finding, around: Surroundings): Fix | undefined {
  const { server } = around;
  const { subject } = finding;
  if (subject === undefined) return serverFix(kind, server);
  if (kind === "removeOverride") return removeOverride(finding);
  const shown = catalogueOf(server).find(subject.kind, subject.name);
  return shown && capabilityFix(kind, finding, shown, around);
}

function serverFix(kind: FixKind, server: Server): Fix | undefined {
  if (kind === "gatewayOff") {
    const field = { of: undefined, key: "secure_web_gateway" } as const;
    return { kind, title: l10n.t("Turn Off Gateway Routing"), edit: [{ field, to: false }] };
  }
  if (kind !== "enableAll") return undefined;
  const { tools, prompts } = catalogueOf(server);
  const edit = capabilityEdit(
    [...tools, ...prompts].map(({ kind: of, name }) => ({ kind: of, name, enabled: true })),
  );
  return { kind, title: l10n.t("Enable All Tools and Prompts"), edit };
}

function removeOverride({ subject }: Finding): Fix | undefined {
  if (subject === undefined) return undefined;
  const edit = capabilityEdit([{ ...subject, alias: null, description: null, enabled: null }]);
  return { kind: "removeOverride", title: l10n.t("Remove Override"), edit };
}
