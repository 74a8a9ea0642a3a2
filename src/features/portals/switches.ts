import * as vscode from "vscode";
import { mappingField } from "../../domain/portals/fields.ts";
import { CODE_MODES, type CodeMode, type Mapping } from "../../domain/portals/portal.ts";
import { codeModeInWords } from "../../domain/portals/words.ts";
import { escapeItem } from "../../editor/escape.ts";
import { notifyError } from "../../editor/notifications.ts";
import { findMapping, findPortal } from "../../engine/state.ts";
import type { CommandArguments } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { portalChanges, saveEdits } from "../edits/index.ts";
import { mappingTargets, portalTargets } from "../targets/index.ts";

/** What is on stays on: each synced tool gets an entry with its state in the same write. */
export function keepNewToolsOff(app: AppContext, args: CommandArguments): Promise<void> {
  const title = vscode.l10n.t("Keep new tools of which servers off?");
  return turn(app, args, title, "default_disabled", true);
}

export function letNewToolsThrough(app: AppContext, args: CommandArguments): Promise<void> {
  const title = vscode.l10n.t("Let new tools of which servers through?");
  return turn(app, args, title, "default_disabled", false);
}

export function requireUserAuth(app: AppContext, args: CommandArguments): Promise<void> {
  const title = vscode.l10n.t("Let users of which servers sign in themselves?");
  return turn(app, args, title, "on_behalf", true);
}

export function useAdminCredential(app: AppContext, args: CommandArguments): Promise<void> {
  const title = vscode.l10n.t("Use the administrator's credential for which servers?");
  return turn(app, args, title, "on_behalf", false);
}

type Switch = "default_disabled" | "on_behalf";

async function turn(
  app: AppContext,
  args: CommandArguments,
  title: string,
  key: Switch,
  to: boolean,
): Promise<void> {
  const applies = (mapping: Mapping): boolean => stateOf(mapping, key) !== to;
  const targets = await mappingTargets(app, args, { title, many: true, applies });
  const changed = targets.filter((target) => {
    const found = findMapping(app.store.state, target);
    return found !== undefined && applies(found.mapping);
  });
  const portals = Map.groupBy(changed, ({ accountId, portalId }) => `${accountId}/${portalId}`);
  await saveEdits(
    app,
    [...portals.values()].flatMap((group) => {
      const [first] = group;
      const values = group.map(({ serverId }) => ({ field: mappingField(serverId, key), to }));
      return first === undefined ? [] : portalChanges(app, first, values);
    }),
  );
}

function stateOf({ defaultDisabled, onBehalf }: Mapping, key: Switch): boolean {
  return key === "default_disabled" ? defaultDisabled : onBehalf;
}

/** A script gives the policy, such as `opt_in`. */
export async function setCodeMode(app: AppContext, args: CommandArguments): Promise<void> {
  const targets = await portalTargets(app, args, {
    title: vscode.l10n.t("Set Code Mode of which portal?"),
    many: false,
  });
  const [first] = targets;
  const now = first && findPortal(app.store.state, first)?.optimistic.codeMode;
  if (first === undefined) {
    return;
  }
  const mode = args.text === undefined ? await askCodeMode(now) : readCodeMode(args.text);
  if (mode !== undefined) {
    await saveEdits(
      app,
      targets.flatMap((target) =>
        portalChanges(app, target, [{ field: { of: undefined, key: "code_mode" }, to: mode }]),
      ),
    );
  }
}

async function askCodeMode(now: CodeMode | undefined): Promise<CodeMode | undefined> {
  const picked = await vscode.window.showQuickPick(
    CODE_MODES.map((mode) =>
      escapeItem({
        label: codeModeInWords(mode),
        description: mode === now ? vscode.l10n.t("as it is now") : mode,
        mode,
      }),
    ),
    {
      title: vscode.l10n.t("Code Mode"),
      placeHolder: vscode.l10n.t(
        "Whether clients get two tools that run code in place of all tools",
      ),
    },
  );
  return picked?.mode;
}

function readCodeMode(text: string): CodeMode | undefined {
  const known = CODE_MODES.find((mode) => mode === text);
  if (known === undefined) {
    void notifyError(vscode.l10n.t("{0} isn't a policy of Code Mode.", text));
  }
  return known;
}
