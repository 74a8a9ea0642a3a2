import * as vscode from "vscode";
import type { CommandArguments, MappingTarget } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { mappingName, mappingTargets } from "../targets/index.ts";

/**
 * Copies the address that an upstream's sign-in sends users back to, for whoever registers it there.
 */
export async function copyRedirectUri(app: AppContext, args: CommandArguments): Promise<void> {
  const targets = await mappingTargets(app, args, {
    title: vscode.l10n.t("Copy the redirect URI of which server?"),
    many: false,
    applies: ({ server }) => server?.authType === "oauth",
  });
  for (const target of targets.slice(0, 1)) {
    await copyOne(app, target);
  }
}

async function copyOne(app: AppContext, target: MappingTarget): Promise<void> {
  try {
    const redirect = await app.sessions.get(target.accountId)?.redirectUri(target);
    if (redirect !== undefined) {
      await vscode.env.clipboard.writeText(redirect.uri);
    }
  } catch (error) {
    const what = vscode.l10n.t(
      "The redirect URI of {0} couldn't be fetched.",
      mappingName(app.store.state, target),
    );
    void app.reporter.reportFailure(what, error, () => copyOne(app, target));
  }
}
