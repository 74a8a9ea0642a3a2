import * as vscode from "vscode";
import { parseQuery, select } from "../../domain/selection/query.ts";
import { flashStatus, notifyError, notifyInformation } from "../../editor/notifications.ts";
import { portalsOf } from "../../engine/state.ts";
import type { CommandArguments, Row } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { planCapabilities, saveCapabilities } from "../edits/index.ts";
import {
  type Choice,
  capabilityTargets,
  type FoundCapability,
  findCapability,
  namesBeside,
  pick,
  portalName,
  serverName,
} from "../targets/index.ts";
import { askChanges } from "./action.ts";
import { type Candidate, factsOf, pickTools } from "./pickTools.ts";
import { confirmPreview } from "./preview.ts";

/**
 * Selects tools and prompts, and does one thing to all of them, after a preview. A script gives the
 * query, the action and a pattern for aliases, each on a line, and is asked nothing.
 */
export async function selectTools(app: AppContext, args: CommandArguments): Promise<void> {
  const [query, action, pattern] = args.text?.split("\n") ?? [];
  const all = await candidates(app, args);
  const chosen =
    all && (query === undefined ? await pickTools(app, all) : selectGiven(app, all, query));
  if (chosen !== undefined) {
    await change(app, chosen, { action, pattern, isAsked: query === undefined });
  }
}

/** The same with the costliest tools of a server or portal first. */
export async function selectCostliest(app: AppContext, row: Row): Promise<void> {
  const args = { rows: [row], text: undefined, accountIds: [row.accountId] };
  const all = await candidates(app, args);
  const chosen = all && (await pickTools(app, all, { byCost: true }));
  if (chosen !== undefined) {
    await change(app, chosen, { action: undefined, pattern: undefined, isAsked: true });
  }
}

interface Answers {
  readonly action: string | undefined;
  readonly pattern: string | undefined;
  /** False where a script has given them, which is asked nothing. */
  readonly isAsked: boolean;
}

async function change(
  app: AppContext,
  chosen: readonly Candidate[],
  { action, pattern, isAsked }: Answers,
): Promise<void> {
  if (chosen.length === 0) {
    flashStatus(vscode.l10n.t("Nothing was ticked, so nothing was done."));
    return;
  }
  const changes = await askChanges(chosen, action, pattern);
  if (changes === undefined) {
    return;
  }
  if (changes.length === 0) {
    void notifyInformation(vscode.l10n.t("There is no tool or prompt that this would change."));
    return;
  }
  const { able } = planCapabilities(app, changes);
  if (!isAsked || able.length === 0 || (await confirmPreview(app, able))) {
    await saveCapabilities(app, changes);
  }
}

/** The tools and prompts to select from; undefined where there are none, or nothing was chosen. */
async function candidates(
  app: AppContext,
  args: CommandArguments,
): Promise<readonly Candidate[] | undefined> {
  const rows = args.rows ?? (await askPlace(app, args.accountIds));
  if (rows === undefined) {
    return undefined;
  }
  const targets = await capabilityTargets(
    app,
    { ...args, rows },
    { title: "", many: true, applies: () => true },
  );
  const found = targets.flatMap((target) => findCapability(app, target) ?? []);
  if (found.length === 0) {
    void notifyInformation(vscode.l10n.t("There is no tool or prompt here yet."));
    return undefined;
  }
  return found.map((of) => ({
    of,
    shown: of.shown,
    beside: namesBeside(of),
    place: placeOf(app, of),
  }));
}

function placeOf(app: AppContext, { layer, target }: FoundCapability): string {
  const server = serverName(app, target.accountId, target.serverId);
  return layer === "portal" ? `${portalName(app, target)} · ${server}` : server;
}

/** All servers, or a portal. Doesn't ask where there are no portals. */
async function askPlace(
  app: AppContext,
  accountIds: readonly string[],
): Promise<readonly Row[] | undefined> {
  const servers = accountIds.map((accountId): Row => ({ kind: "account", accountId }));
  const portals = accountIds.flatMap((accountId) =>
    [...portalsOf(app.store.state, accountId).values()].map(
      ({ optimistic: { id, name, hostname } }): Choice<readonly Row[]> => ({
        label: name,
        description: hostname,
        target: [{ kind: "portal", accountId, portalId: id }],
      }),
    ),
  );
  if (portals.length === 0) {
    return servers;
  }
  const everywhere: Choice<readonly Row[]> = {
    label: vscode.l10n.t("All Servers"),
    description: vscode.l10n.t("for every portal"),
    target: servers,
  };
  const title = vscode.l10n.t("Select tools of what?");
  const [picked] = await pick([everywhere, ...portals], title, false, "");
  return picked;
}

function selectGiven(
  app: AppContext,
  all: readonly Candidate[],
  text: string,
): readonly Candidate[] | undefined {
  const parsed = parseQuery(text);
  const found = "problem" in parsed ? parsed : select(parsed.query, all, factsOf(app));
  if ("problem" in found) {
    void notifyError(found.problem);
    return undefined;
  }
  return found.selected;
}
