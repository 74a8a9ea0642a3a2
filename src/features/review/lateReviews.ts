import type * as vscode from "vscode";
import { type Disposable, Emitter } from "../../base/emitter.ts";
import type { CheckSettings } from "../../domain/checks/settings.ts";
import type { ReadonlyCosts } from "../../engine/cost/costs.ts";
import type { ReconnectsOptions } from "../../engine/reconnects.ts";
import type { GuardianOptions } from "../../engine/review/guardian.ts";
import type { Hold, HoldOptions, HoldOutcome } from "../../engine/review/hold.ts";
import type { ReviewSnapshot, Reviews, ReviewsOptions } from "../../engine/review/reviews.ts";
import type { State } from "../../engine/state.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import type { ObservedFindings } from "../targets/index.ts";
import type { ReviewView } from "./view.ts";

const NOTHING: ReviewSnapshot = {
  of: () => [],
  inWords: () => "",
  baselineOf: () => undefined,
  renamedTo: () => undefined,
};

/** Findings, and the settings by which they were found. */
export interface CheckedFindings extends ObservedFindings {
  readonly settings: CheckSettings;
  /** Call this when more is lost, or other renames are likely. */
  checkLost(): void;
}

/** What rows depend on beside the state. */
export interface ReviewParts {
  readonly findings: CheckedFindings;
  readonly costs: ReadonlyCosts;
}

export interface LateReviewsOptions
  extends ReviewsOptions,
    Pick<HoldOptions, "session">,
    Pick<GuardianOptions, "lost"> {
  readonly reconnectsFile: ReconnectsOptions["file"];
}

interface StartedReviews {
  readonly reviews: Reviews;
  readonly view: ReviewView;
  readonly hold: Hold;
}

/** What waits for a review, with its view and what holds it back. All of it is loaded with the first account. */
export class LateReviews implements vscode.Disposable {
  readonly #start: () => Promise<StartedReviews>;
  readonly #changed = new Emitter<void>();
  readonly #held = new Emitter<readonly HoldOutcome[]>();
  readonly #following: Disposable;
  #started: Promise<void> | undefined;
  #reviews: Reviews | undefined;
  #view: ReviewView | undefined;
  #disposed = false;

  readonly onDidChange = this.#changed.event;
  readonly onDidHold = this.#held.event;

  constructor(store: ReadonlyStore, parts: ReviewParts, options: LateReviewsOptions) {
    // What is seen while this loads: the first of it is the first look.
    const seen: State[] = [];
    this.#start = async () => {
      const { createReview } = await import("./createReview.ts");
      return createReview(store, parts, options, seen);
    };
    this.#following = store.onDidChange((state) => {
      if (state.accounts.size > 0) {
        seen.push(state);
        this.#started ??= this.#load();
      }
    });
  }

  get snapshot(): ReviewSnapshot {
    return this.#reviews?.snapshot ?? NOTHING;
  }

  /** Undefined until an account is there. */
  get view(): ReviewView | undefined {
    return this.#view;
  }

  /** Takes the changed definitions into the baseline of a server. Rejects with a StorageError. */
  async accept(...args: Parameters<Reviews["accept"]>): Promise<void> {
    await this.#reviews?.accept(...args);
  }

  /** Leaves these off when they are accepted. Rejects with a StorageError. */
  async leaveOff(...args: Parameters<Reviews["leaveOff"]>): Promise<void> {
    await this.#reviews?.leaveOff(...args);
  }

  dispose(): void {
    this.#disposed = true;
    this.#following.dispose();
    this.#view?.dispose();
    this.#reviews?.dispose();
    this.#changed.dispose();
    this.#held.dispose();
  }

  async #load(): Promise<void> {
    const { reviews, view, hold } = await this.#start();
    if (this.#disposed) {
      view.dispose();
      reviews.dispose();
      return;
    }
    this.#following.dispose();
    this.#reviews = reviews;
    this.#view = view;
    reviews.onDidChange(() => this.#changed.fire());
    hold.onDidHold((outcomes) => this.#held.fire(outcomes));
    this.#changed.fire();
  }
}
