import * as vscode from "vscode";
import { catalogueOf } from "../../domain/catalogue/layers.ts";
import type { ChangeSet } from "../../domain/changes/change.ts";
import { mappedCatalogueOf } from "../../domain/portals/exposure.ts";
import { PORTAL_FIELDS } from "../../domain/portals/fields.ts";
import { PORTAL, type Portal } from "../../domain/portals/portal.ts";
import { overridesText } from "../../domain/selection/overridesText.ts";
import { SERVER_FIELDS } from "../../domain/servers/fields.ts";
import { findMapping, findPortal, findServer, type State } from "../../engine/state.ts";
import { PREVIEW_SCHEME } from "../../manifest.ts";
import type { AppContext } from "../app.ts";
import { nameOf } from "../edits/index.ts";

interface Difference {
  readonly before: vscode.Uri;
  readonly after: vscode.Uri;
}

/** Shows what would be written as a diff, and asks once. The diff is closed with the answer. */
export async function confirmPreview(
  app: AppContext,
  changeSets: readonly ChangeSet[],
): Promise<boolean> {
  const texts = new Map<string, string>();
  const run = crypto.randomUUID();
  const differences = changeSets.flatMap((changeSet, index): readonly Difference[] => {
    const shown = textsOf(app.store.state, changeSet);
    if (shown === undefined) {
      return [];
    }
    const path = `/${fileName(nameOf(app, changeSet.ref))}`;
    const [before, after] = [shown.before, shown.after].map((text, side) => {
      // With different paths VS Code would show a renamed file.
      const uri = vscode.Uri.from({
        scheme: PREVIEW_SCHEME,
        path,
        query: JSON.stringify([run, index, side]),
      });
      texts.set(uri.query, text);
      return uri;
    });
    return before === undefined || after === undefined ? [] : [{ before, after }];
  });
  const registration = vscode.workspace.registerTextDocumentContentProvider(PREVIEW_SCHEME, {
    provideTextDocumentContent: ({ query }) => texts.get(query) ?? "",
  });
  const title = vscode.l10n.t("Preview of {0}", inWords(changeSets));
  try {
    await show(differences, title);
    return await ask(inWords(changeSets));
  } finally {
    await close(title);
    registration.dispose();
  }
}

/** Without separators and characters that can't be seen. */
function fileName(name: string): string {
  return `${name.toWellFormed().replace(/[/\\]|\p{C}/gu, "_")}.json`;
}

function inWords(changeSets: readonly ChangeSet[]): string {
  const count = changeSets.reduce((sum, { changes }) => sum + changes.length, 0);
  return changeSets.length === 1
    ? vscode.l10n.t("{0} changes", count)
    : vscode.l10n.t("{0} changes to {1} servers and portals", count, changeSets.length);
}

async function show(differences: readonly Difference[], title: string): Promise<void> {
  const [only, second] = differences;
  if (only !== undefined && second === undefined) {
    await vscode.commands.executeCommand("vscode.diff", only.before, only.after, title);
    return;
  }
  await vscode.commands.executeCommand(
    "vscode.changes",
    title,
    differences.map(({ before, after }) => [after.with({ query: "" }), before, after]),
  );
}

async function ask(what: string): Promise<boolean> {
  const apply = vscode.l10n.t("Apply");
  const picked = await vscode.window.showQuickPick(
    [
      { label: apply, description: vscode.l10n.t("Undo Last Change takes all of it back") },
      { label: vscode.l10n.t("Cancel"), description: vscode.l10n.t("Nothing is written") },
    ],
    {
      title: vscode.l10n.t("Apply {0}?", what),
      placeHolder: vscode.l10n.t("The editor shows what would change"),
      ignoreFocusOut: true,
    },
  );
  return picked?.label === apply;
}

async function close(title: string): Promise<void> {
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    // VS Code adds the number of files.
    .filter(({ label }) => label.startsWith(title));
  await vscode.window.tabGroups.close(tabs);
}

/** Undefined where the server or portal is gone. */
function textsOf(
  state: State,
  { ref: { kind, accountId, id }, changes }: ChangeSet,
): { readonly before: string; readonly after: string } | undefined {
  if (kind === PORTAL) {
    const portal = findPortal(state, { accountId, portalId: id })?.optimistic;
    return (
      portal && {
        before: portalText(state, accountId, portal),
        after: portalText(state, accountId, PORTAL_FIELDS.set(portal, changes)),
      }
    );
  }
  const server = findServer(state, accountId, id)?.optimistic;
  return (
    server && {
      before: overridesText([{ catalogue: catalogueOf(server) }]),
      after: overridesText([{ catalogue: catalogueOf(SERVER_FIELDS.set(server, changes)) }]),
    }
  );
}

function portalText(state: State, accountId: string, { id, mappings }: Portal): string {
  const parts = [...mappings.values()].flatMap((mapping) => {
    const { serverId } = mapping;
    const server = findMapping(state, { accountId, portalId: id, serverId })?.server;
    return server === undefined
      ? []
      : [{ serverId, catalogue: mappedCatalogueOf(mapping, server) }];
  });
  return overridesText(parts);
}
