import type { Uri } from "vscode";
import type { Account } from "../domain/account.ts";
import type { Finding } from "../domain/checks/finding.ts";
import type { Log } from "../editor/log.ts";
import type { ReadonlyCosts } from "../engine/cost/costs.ts";
import type { Reviews } from "../engine/review/reviews.ts";
import type { Sessions } from "../engine/session.ts";
import type { ReadonlyStore, Store } from "../engine/store.ts";
import type { PortalAddress, ServerAddress } from "../target.ts";
import type { Reporter } from "./errors.ts";

/** The context that every feature gets. A feature that needs more extends it. */
export interface AppContext {
  readonly store: ReadonlyStore & Pick<Store, "show" | "filter">;
  readonly sessions: Sessions;
  readonly findings: FindingsSnapshot;
  readonly reviews: Pick<Reviews, "snapshot" | "accept" | "leaveOff">;
  readonly costs: ReadonlyCosts;
  readonly signInOffer: SignInOffer;
  readonly connected: ConnectedSessions;
  readonly reporter: Reporter;
  readonly log: Log;
  /** The folder of the installed extension, from which pages load their scripts. */
  readonly extensionUri: Uri;
}

/** VS Code's own sessions with portals, in this window. */
export interface ConnectedSessions {
  /** When the session began, in milliseconds since 1970; undefined where there was none. */
  startedAt(address: PortalAddress): number | undefined;
  /** Ends them for good, and forgets the portal's service token. */
  disconnect(address: PortalAddress): Promise<void>;
}

/** Tells that an account's credential is no longer accepted. */
export interface SignInOffer {
  /** Shows a message that offers to sign in. Does nothing while the account's message is shown. */
  offerSignIn(account: Account): Promise<void>;
}

/** The findings of each server and portal at one time. */
export interface FindingsSnapshot {
  of(address: ServerAddress): readonly Finding[];
  /** Those of the portal itself and of its mappings. */
  ofPortal(address: PortalAddress): readonly Finding[];
}
