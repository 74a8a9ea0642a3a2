import * as l10n from "@vscode/l10n";
import { shorten } from "../../base/text.ts";
import type { LiveItem, LiveState } from "../live/compareLive.ts";
import type { Portal } from "../portals/portal.ts";
import { type Hit, ON_NAME, placeInPortal, placeOf } from "./finding.ts";
import type { PortalRule } from "./rule.ts";

const MOST_NAME = 160;
const SHARED = { of: "portal", severity: "warning", fixes: [], command: "compareLive" } as const;

/** What the last comparison with VS Code's tools found, until the next one. */
export const LIVE_RULES: readonly PortalRule[] = [
  {
    ...SHARED,
    id: "live/missing",
    check: (portal, { live }) =>
      hits(portal, live, "missing", ({ name, why }) =>
        l10n.t("VS Code doesn't have {0}. {1}", shorten(name, MOST_NAME), why),
      ),
  },
  {
    ...SHARED,
    id: "live/unexpected",
    check: (portal, { live }) =>
      hits(portal, live, "unexpected", ({ name, why }) =>
        l10n.t("VS Code has {0}, which it shouldn't have. {1}", shorten(name, MOST_NAME), why),
      ),
  },
  {
    ...SHARED,
    id: "live/differs",
    check: (portal, { live }) =>
      hits(portal, live, "differs", ({ name, why }) =>
        l10n.t("VS Code has another {0}. {1}", shorten(name, MOST_NAME), why),
      ),
  },
];

function hits(
  portal: Portal,
  live: readonly LiveItem[],
  state: LiveState,
  messageOf: (item: LiveItem) => string,
): readonly Hit[] {
  return live
    .filter((item) => item.state === state)
    .map((item) => ({ ...placedIn(portal, item), message: messageOf(item) }));
}

function placedIn({ mappings }: Portal, { subject }: LiveItem): Omit<Hit, "message"> {
  if (subject === undefined || !mappings.has(subject.serverId)) {
    return { path: ON_NAME };
  }
  const { serverId, name } = subject;
  const of = { kind: "tool", name } as const;
  return { subject: of, mapping: serverId, path: placeInPortal(serverId, placeOf(of)) };
}
