import type * as vscode from "vscode";
import type { Observable } from "../../editor/observable.ts";
import type { State } from "../../engine/state.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import type { FindingsSnapshot } from "../app.ts";

/** The inputs of the trees' rows. */
export interface TreeContext {
  readonly state: State;
  readonly findings: FindingsSnapshot;
}

/** The findings as they change. */
export interface ObservedFindings {
  readonly snapshot: FindingsSnapshot;
  onDidChange(listener: () => void): vscode.Disposable;
}

/** The state and the findings that the rows depend on. */
export function observeTreeContext(
  store: ReadonlyStore,
  findings: ObservedFindings,
): Observable<TreeContext> {
  let known: TreeContext = { state: store.state, findings: findings.snapshot };
  return {
    get current() {
      const { state } = store;
      const { snapshot } = findings;
      if (known.state !== state || known.findings !== snapshot) {
        known = { state, findings: snapshot };
      }
      return known;
    },
    onDidChange: (listener) => {
      const subscriptions = [store.onDidChange(listener), findings.onDidChange(listener)];
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
