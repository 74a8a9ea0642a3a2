import * as vscode from "vscode";
import { listed } from "../../base/text.ts";
import type { ExposedCapability } from "../../domain/catalogue/serverCatalogue.ts";
import { isOn, nameIn } from "../../domain/portals/exposedTools.ts";
import type { Mapping, Portal } from "../../domain/portals/portal.ts";
import { escapeItem } from "../../editor/escape.ts";
import type { LayeredTarget, MappedCapabilityTarget } from "../../target.ts";

/** A portal that has the server of a tool or prompt. */
export interface InPortal {
  readonly accountId: string;
  readonly portal: Portal;
  readonly mapping: Mapping;
}

/** The portals in which a tool or prompt is on, with its name where it isn't the server's. */
export function portalsInWords(
  capability: ExposedCapability,
  portals: readonly InPortal[],
): readonly string[] {
  const names = portals
    .filter(({ mapping }) => isOn(mapping, capability))
    .map(({ portal, mapping }) => {
      const name = nameIn(mapping, capability);
      return name === capability.exposedName
        ? portal.name
        : vscode.l10n.t({
            message: "{0} as {1}",
            args: [portal.name, name],
            comment: ["A portal, and the name under which it shows a tool"],
          });
    });
  return names.length === 0 ? [] : [vscode.l10n.t("in {0}", listed(names))];
}

/** The row of a tool or prompt in a portal. Asks where several have its server. */
export async function choosePortal(
  { kind, name, serverId }: LayeredTarget,
  portals: readonly InPortal[],
): Promise<MappedCapabilityTarget | undefined> {
  const [only, second] = portals;
  const chosen =
    second === undefined
      ? only
      : (
          await vscode.window.showQuickPick(
            portals.map((each) =>
              escapeItem({ label: each.portal.name, description: each.portal.hostname, each }),
            ),
            { title: vscode.l10n.t("Show {0} in which portal?", name) },
          )
        )?.each;
  return (
    chosen && { kind, name, serverId, accountId: chosen.accountId, portalId: chosen.portal.id }
  );
}
