import * as vscode from "vscode";
import { FindingFilter } from "../../domain/checks/settings.ts";
import type { CheckChanges } from "../../domain/review/comparison.ts";
import { HOLD_MODES, type HoldMode } from "../../domain/review/held.ts";
import { withNewFindings } from "../../domain/review/newFindings.ts";
import { onDidChangeSettings, readSetting } from "../../editor/settings.ts";
import { Reconnects } from "../../engine/reconnects.ts";
import { Guardian } from "../../engine/review/guardian.ts";
import { Hold } from "../../engine/review/hold.ts";
import { Reviews } from "../../engine/review/reviews.ts";
import type { State } from "../../engine/state.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import type { CheckedFindings, LateReviewsOptions, ReviewParts } from "./lateReviews.ts";
import { LockFiles } from "./lockFiles.ts";
import { ReviewView } from "./view.ts";

/** @param seen the states before this one, of which the first is the first look */
export function createReview(
  store: ReadonlyStore,
  { findings, costs }: ReviewParts,
  options: LateReviewsOptions,
  seen: readonly State[],
): { readonly reviews: Reviews; readonly view: ReviewView; readonly hold: Hold } {
  const workspace = new LockFiles(store);
  const { reconnectsFile: file, onUnkept } = options;
  const reconnects = new Reconnects(store, { file, onUnkept }, seen);
  const reviews = new Reviews(
    store,
    { ...options, workspace, reconnects },
    checkBy(findings),
    seen,
  );
  const hold = new Hold(store, reviews, { mode: holdMode, session: options.session });
  const guardian = new Guardian(
    store,
    {
      lost: options.lost,
      onUnkept: options.onUnkept,
      onDidKeep: () => findings.checkLost(),
    },
    seen,
  );
  const beside = vscode.Disposable.from(
    hold,
    guardian,
    workspace,
    reconnects,
    reviews.onDidChange(() => findings.checkLost()),
    onDidChangeSettings(["checksRules", "checksIgnore"], () =>
      reviews.checkWith(checkBy(findings)),
    ),
    onDidChangeSettings(["reviewHold"], () => hold.look()),
  );
  const view = new ReviewView({ store, findings, costs, reviews }, workspace, beside);
  return { reviews, view, hold };
}

/** Nothing is turned off for a value that nobody defined. */
function holdMode(): HoldMode {
  const value = readSetting("reviewHold");
  return HOLD_MODES.find((mode) => mode === value) ?? "off";
}

/** Leaves out what the settings turn off or ignore. */
function checkBy({ settings }: CheckedFindings): CheckChanges {
  const filter = new FindingFilter(settings);
  return (server, changes) => withNewFindings(server, changes, filter);
}
