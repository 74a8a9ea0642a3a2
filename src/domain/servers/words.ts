import * as l10n from "@vscode/l10n";
import { listed } from "../../base/text.ts";
import type { ExposedCapability } from "../catalogue/serverCatalogue.ts";
import { isFrozen } from "./frozen.ts";
import { type Server, shownUrl } from "./server.ts";
import { type CatalogueChanges, countChanges, type SyncReport } from "./syncReport.ts";

/** A server's status in words. A status that this version doesn't know is shown as it is. */
export function statusInWords(server: Pick<Server, "status" | "authType">): string {
  switch (server.status) {
    case "ready":
      return l10n.t("Ready");
    case "error":
      return l10n.t("Error");
    case "stale":
      return l10n.t("Sync required");
    case "waiting":
      return server.authType === "oauth"
        ? l10n.t("Waiting for authentication")
        : l10n.t("Never synced");
    default:
      return server.status;
  }
}

/** A running or waiting sync comes before the status. */
export function activityInWords(
  server: Pick<Server, "status" | "authType">,
  phase: "running" | "waiting" | undefined,
): string {
  switch (phase) {
    case "running":
      return l10n.t("Syncing…");
    case "waiting":
      return l10n.t("Waiting to sync");
    case undefined:
      return statusInWords(server);
  }
}

/** Facts that tell a server from others of its name: its state where it isn't ready, and its URL. */
export function serverParts(
  server: Pick<Server, "status" | "authType" | "hostname">,
  phase: "running" | "waiting" | undefined,
): readonly string[] {
  const isQuiet = phase === undefined && server.status === "ready";
  return [...(isQuiet ? [] : [activityInWords(server, phase)]), shownUrl(server.hostname)];
}

export function authTypeInWords(server: Server): string {
  switch (server.authType) {
    case "oauth":
      return l10n.t("OAuth");
    case "bearer":
      return l10n.t("Bearer token or headers");
    case "unauthenticated":
      return l10n.t("None");
    default:
      return server.authType;
  }
}

export function authenticationStatusInWords({ authenticationStatus }: Server): string | undefined {
  switch (authenticationStatus) {
    case "not_required":
      return l10n.t("Not required");
    case "required":
      return l10n.t("Required");
    case "connected":
      return l10n.t("Connected");
    case "stale":
      return l10n.t("Expired");
    case "manual":
      return l10n.t("Set by hand");
    default:
      return authenticationStatus;
  }
}

/** A time of the API in the format of a language; a text that isn't a time stays as it is. */
export function timeInWords(time: string | number, language: string): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime())
    ? String(time)
    : date.toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
}

export function errorsAndWarnings(errors: number, warnings: number): string {
  const parts = [
    ...(errors === 0 ? [] : [errors === 1 ? l10n.t("1 error") : l10n.t("{0} errors", errors)]),
    ...(warnings === 0
      ? []
      : [warnings === 1 ? l10n.t("1 warning") : l10n.t("{0} warnings", warnings)]),
  ];
  return listed(parts);
}

/** Gives "5 tools, 1 prompt", without the kinds that the server has none of. */
export function toolsThenPrompts(tools: number, prompts: number): string {
  return listed([
    ...(tools === 0 ? [] : [toolCount(tools)]),
    ...(prompts === 0 ? [] : [promptCount(prompts)]),
  ]);
}

interface Contents {
  readonly tools: readonly unknown[];
  readonly prompts: readonly unknown[];
  readonly count: number;
  readonly enabledCount: number;
}

/** Gives "5 tools, 1 prompt", or "3 of 6 enabled" where some are off. */
export function contentsInWords({ tools, prompts, count, enabledCount }: Contents): string {
  if (count === 0) {
    return l10n.t("no tools yet");
  }
  return enabledCount < count
    ? enabledOf(enabledCount, count)
    : toolsThenPrompts(tools.length, prompts.length);
}

/** Gives "6", or "3 of 6 enabled" where some are off. What is counted stands before it. */
export function groupInWords(all: readonly { readonly enabled: boolean }[]): string {
  const enabled = all.filter((each) => each.enabled).length;
  return enabled < all.length ? enabledOf(enabled, all.length) : all.length.toString();
}

function enabledOf(enabled: number, count: number): string {
  return l10n.t("{0} of {1} enabled", enabled, count);
}

function toolCount(tools: number): string {
  return tools === 1 ? l10n.t("1 tool") : l10n.t("{0} tools", tools);
}

function promptCount(prompts: number): string {
  return prompts === 1 ? l10n.t("1 prompt") : l10n.t("{0} prompts", prompts);
}

/**
 * Facts that tell a tool or prompt from others with its label: the kind, the upstream's name, the
 * switch, overrides.
 */
export function capabilityParts(shown: ExposedCapability): readonly string[] {
  return [
    shown.kind === "tool" ? l10n.t("tool") : l10n.t("prompt"),
    ...(shown.alias === undefined ? [] : [shown.name]),
    ...(shown.enabled ? [] : [l10n.t("disabled")]),
    ...(shown.overridden ? [l10n.t("overridden")] : []),
  ];
}

/** How the last sync ended, for the row. Undefined where the server's status already tells it. */
export function syncInWords(
  report: SyncReport | undefined,
  server?: Pick<Server, "authConfigSummary" | "authenticationStatus">,
): string | undefined {
  switch (report?.kind) {
    case "done":
      return countChanges(report.changes) === 0 ? l10n.t("synced") : changesInWords(report.changes);
    case "stalled":
      return server !== undefined && isFrozen(server)
        ? l10n.t("frozen by manual OAuth")
        : l10n.t("sync did nothing");
    case "failed":
      return l10n.t("sync failed");
    case "refused":
    case undefined:
      return undefined;
  }
}

/** Gives "3 new, 1 gone". */
export function changesInWords({ added, gone, changed, overridesLost }: CatalogueChanges): string {
  const counted = [
    [added.length, l10n.t("{0} new", added.length)],
    [gone.length, l10n.t("{0} gone", gone.length)],
    [changed.length, l10n.t("{0} changed", changed.length)],
    [
      overridesLost.length,
      overridesLost.length === 1
        ? l10n.t("1 override lost")
        : l10n.t("{0} overrides lost", overridesLost.length),
    ],
  ] as const;
  return listed(counted.filter(([count]) => count > 0).map(([, words]) => words));
}
