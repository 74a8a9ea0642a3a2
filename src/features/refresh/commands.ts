import * as vscode from "vscode";
import { VIEWS } from "../../manifest.ts";
import type { AppContext } from "../app.ts";

export async function refresh(app: AppContext): Promise<void> {
  await vscode.window.withProgress({ location: { viewId: VIEWS.servers } }, () =>
    Promise.allSettled(app.sessions.all.map((session) => session.refresh())),
  );
  for (const { account, access, collections } of app.store.state.accounts.values()) {
    const { load } = collections.server;
    if (load.kind !== "failed") {
      // The session reads this rarely, and a person may have just mended it in the dashboard.
      app.sessions.get(account.id)?.lookAround();
      continue;
    }
    if (access.refused) {
      void app.signInOffer.offerSignIn(account);
      continue;
    }
    const what = vscode.l10n.t("{0} couldn't be refreshed.", account.name);
    void app.reporter.reportFailure(what, load.error, () => refresh(app));
  }
}
