import type * as vscode from "vscode";
import type { Observable } from "../../editor/observable.ts";
import type { ReadonlyCosts } from "../../engine/cost/costs.ts";
import type { ReviewSnapshot } from "../../engine/review/reviews.ts";
import type { State } from "../../engine/state.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import type { FindingsSnapshot } from "../app.ts";

/** The inputs of the trees' rows. */
export interface TreeContext {
  readonly state: State;
  readonly findings: FindingsSnapshot;
  /** Not a part of what rows are compared by: a row shows a cost only where a finding tells of it. */
  readonly costs: ReadonlyCosts;
  readonly review: ReviewSnapshot;
}

/** The findings as they change. */
export interface ObservedFindings {
  readonly snapshot: FindingsSnapshot;
  onDidChange(listener: () => void): vscode.Disposable;
}

/** What waits for a review, as it changes. */
export interface ObservedReviews {
  readonly snapshot: ReviewSnapshot;
  onDidChange(listener: () => void): { dispose(): void };
}

/** What the rows of all views are drawn from. */
export interface TreeSources {
  readonly store: ReadonlyStore;
  readonly findings: ObservedFindings;
  readonly costs: ReadonlyCosts;
  readonly reviews: ObservedReviews;
}

/** The state, the findings and the reviews that the rows depend on. */
export function observeTreeContext({
  store,
  findings,
  costs,
  reviews,
}: TreeSources): Observable<TreeContext> {
  let known: TreeContext = {
    state: store.state,
    findings: findings.snapshot,
    costs,
    review: reviews.snapshot,
  };
  return {
    get current() {
      const { state } = store;
      const { snapshot } = findings;
      const { snapshot: review } = reviews;
      if (known.state !== state || known.findings !== snapshot || known.review !== review) {
        known = { state, findings: snapshot, costs, review };
      }
      return known;
    },
    onDidChange: (listener) => {
      const subscriptions = [
        store.onDidChange(listener),
        findings.onDidChange(listener),
        reviews.onDidChange(listener),
      ];
      return {
        dispose: () => {
          for (const subscription of subscriptions) {
            subscription.dispose();
          }
        },
      };
    },
  };
}
