import type * as vscode from "vscode";
import { errorsAndWarnings } from "../../domain/servers/words.ts";
import { Tree } from "../../editor/tree/tree.ts";
import { shownAccounts } from "../../engine/state.ts";
import { VIEWS } from "../../manifest.ts";
import type { Target } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { countFindings, type RowDetails } from "../display/index.ts";
import {
  filterInWords,
  observeTreeContext,
  type TreeContext,
  type TreeSources,
  viewMessage,
} from "../targets/index.ts";
import { completeStep } from "../walkthrough.ts";
import { serversTree } from "./treeModel.ts";

/** The context of commands that reveal rows. */
export interface ServersContext extends AppContext {
  readonly serversView: Pick<ServersView, "reveal">;
}

/** The "Servers" view: its tree, message and badge. */
export class ServersView extends Tree<Target, TreeContext> {
  readonly #subscription: vscode.Disposable;

  constructor(sources: TreeSources, details: RowDetails) {
    const source = observeTreeContext(sources);
    super(VIEWS.servers, serversTree(details), source, {
      // Not reliable right after a full redraw: VS Code then doesn't report a row that is expanded
      // before it asked for the rows.
      opened: ({ kind }) => {
        if (kind === "server") {
          completeStep("explored");
        }
      },
    });
    const show = (): void => this.#show(source.current);
    show();
    this.#subscription = source.onDidChange(show);
  }

  override dispose(): void {
    this.#subscription.dispose();
    super.dispose();
  }

  /**
   * Sets only what changed, because each assignment sends a message to the window and redraws the
   * view.
   */
  #show(context: TreeContext): void {
    const { view } = this;
    const message = viewMessage(context, "server", filterInWords(context));
    if (view.message !== message) {
      this.setMessage(message);
    }
    const badge = badgeOf(context);
    if (view.badge?.value !== badge?.value || view.badge?.tooltip !== badge?.tooltip) {
      view.badge = badge;
    }
  }
}

/** The badge of the container, which has both views. */
function badgeOf({ state, findings }: TreeContext): vscode.ViewBadge | undefined {
  const found = shownAccounts(state).flatMap(({ account, collections }) => [
    ...[...collections.server.items.keys()].flatMap((serverId) =>
      findings.of({ accountId: account.id, serverId }),
    ),
    ...[...collections.portal.items.keys()].flatMap((portalId) =>
      findings.ofPortal({ accountId: account.id, portalId }),
    ),
  ]);
  const { errors, warnings } = countFindings(found);
  return errors === 0 ? undefined : { value: errors, tooltip: errorsAndWarnings(errors, warnings) };
}
