import * as vscode from "vscode";
import { hasSameItems } from "../../base/memo.ts";
import { numberText } from "../../base/numbers.ts";
import { listed } from "../../base/text.ts";
import type { Finding } from "../../domain/checks/finding.ts";
import { isRestorable } from "../../domain/review/lostOverrides.ts";
import { Tree } from "../../editor/tree/tree.ts";
import type { TreeModel } from "../../editor/tree/treeModel.ts";
import { VirtualDocuments } from "../../editor/virtualDocuments.ts";
import type { WorkspaceBaselines } from "../../engine/review/reviews.ts";
import { findServer, type State, shownAccounts } from "../../engine/state.ts";
import { CONTEXT_KEYS, REVIEW_SCHEME, VIEWS } from "../../manifest.ts";
import {
  nodeId,
  observeTreeContext,
  type TreeContext,
  type TreeSources,
} from "../targets/index.ts";
import { CHANGE_DECORATIONS } from "./decorations.ts";
import { REVIEWED_DEFINITIONS } from "./documents.ts";
import { type ReviewTarget, reviewChildrenOf, reviewParentOf, reviewRootsOf } from "./nodes.ts";
import { reviewTooltip, toReviewItem } from "./treeItems.ts";

const REVIEW_TREE: TreeModel<ReviewTarget, TreeContext> = {
  roots: reviewRootsOf,
  children: reviewChildrenOf,
  parent: reviewParentOf,
  id: nodeId,
  item: toReviewItem,
  tooltip: async (context, node) => reviewTooltip(context, node),
  changed: (before, after) => {
    const roots = reviewRootsOf(after);
    if (!hasSameItems(reviewRootsOf(before).map(nodeId), roots.map(nodeId))) {
      return "all";
    }
    const isSame = before.review === after.review;
    return {
      now: isSame ? roots.filter((row) => isEdited(before, after, row)) : roots,
      whenQuiet: [],
    };
  },
};

/** The "Review" view, which is there while something waits, and the documents that it compares. */
export class ReviewView extends Tree<ReviewTarget, TreeContext> {
  readonly #subscriptions: readonly vscode.Disposable[];
  readonly #workspace: Pick<WorkspaceBaselines, "of">;
  #hasChanges = false;
  #hasRestorable = false;
  #message = "";

  /** @param beside ends with the view */
  constructor(
    sources: TreeSources,
    workspace: Pick<WorkspaceBaselines, "of">,
    beside: vscode.Disposable,
  ) {
    const source = observeTreeContext(sources);
    super(VIEWS.review, REVIEW_TREE, source);
    this.#workspace = workspace;
    const show = (): void => this.#show(source.current);
    show();
    const documents = new VirtualDocuments(REVIEWED_DEFINITIONS, source);
    this.#subscriptions = [
      beside,
      source.onDidChange(show),
      documents,
      vscode.workspace.registerTextDocumentContentProvider(REVIEW_SCHEME, documents),
      vscode.window.registerFileDecorationProvider(CHANGE_DECORATIONS),
    ];
  }

  override dispose(): void {
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
    super.dispose();
  }

  #show(context: TreeContext): void {
    const { state, review } = context;
    const count = shownAccounts(state)
      .flatMap(({ account, collections }) =>
        [...collections.server.items.keys()].map(
          (serverId) => review.of({ accountId: account.id, serverId }).length,
        ),
      )
      .reduce((sum, each) => sum + each, 0);
    if (count > 0 !== this.#hasChanges) {
      this.#hasChanges = count > 0;
      void vscode.commands.executeCommand("setContext", CONTEXT_KEYS.hasChanges, count > 0);
    }
    const restorable = hasRestorable(context);
    if (restorable !== this.#hasRestorable) {
      this.#hasRestorable = restorable;
      void vscode.commands.executeCommand("setContext", CONTEXT_KEYS.hasRestorable, restorable);
    }
    // Each assignment sends a message to the window.
    if ((this.view.badge?.value ?? 0) !== count) {
      this.view.badge = count === 0 ? undefined : { value: count, tooltip: toReview(count) };
      // The badge is drawn on our icon, added to that of the other views.
      this.view.description = count === 0 ? "" : changesInWords(count);
    }
    const message = this.#messageFor(state);
    if (message !== this.#message) {
      this.#message = message;
      this.setMessage(message);
    }
  }

  /** Says by which files of the workspace the window goes. */
  #messageFor(state: State): string {
    const names = shownAccounts(state).flatMap(
      ({ account }) => this.#workspace.of(account.id)?.name ?? [],
    );
    return names.length === 0
      ? ""
      : vscode.l10n.t("Compared with {0} of this workspace.", listed(names));
  }
}

/** Whether a sync has taken something on screen that could be brought back. */
function hasRestorable({ state, findings, review }: TreeContext): boolean {
  return shownAccounts(state).some(({ account: { id: accountId }, collections }) => {
    const isOne = (finding: Finding, serverId = finding.mapping): boolean => {
      const server = collections.server.items.get(serverId ?? "")?.optimistic;
      return (
        server !== undefined &&
        isRestorable(finding, server, (of) =>
          review.renamedTo({ accountId, serverId: server.id }, of),
        )
      );
    };
    const servers = [...collections.server.items.keys()];
    const portals = [...collections.portal.items.keys()];
    return (
      servers.some((serverId) =>
        findings.of({ accountId, serverId }).some((finding) => isOne(finding, serverId)),
      ) ||
      portals.some((portalId) =>
        findings.ofPortal({ accountId, portalId }).some((finding) => isOne(finding)),
      )
    );
  });
}

/** Whether somebody has turned tools on or off, which their rows say. */
function isEdited(before: TreeContext, after: TreeContext, row: ReviewTarget): boolean {
  if (row.kind === "account") {
    return reviewChildrenOf(after, row).some((child) => isEdited(before, after, child));
  }
  const { accountId, serverId } = row;
  const serverIn = ({ state }: TreeContext) => findServer(state, accountId, serverId)?.optimistic;
  return serverIn(before) !== serverIn(after);
}

function changesInWords(count: number): string {
  return count === 1 ? vscode.l10n.t("1 change") : vscode.l10n.t("{0} changes", numberText(count));
}

function toReview(count: number): string {
  return count === 1
    ? vscode.l10n.t("1 change to review")
    : vscode.l10n.t("{0} changes to review", count);
}
