import type { Account, AccountId } from "../model/client/account.ts";
import type { Server } from "../model/server/server.ts";
import type { Keeping } from "./ports.ts";
import type { SyncOptions } from "./syncs/syncAttempts.ts";

/** What all accounts have in common. */
export interface SessionSettings {
  /** Seconds until the next refresh; 0 for never. Asked for before each pause. */
  readonly refreshInterval: () => number;
  readonly syncs: SyncOptions;
  /** Where an account's locks and journal are kept. */
  readonly keeping: (accountId: AccountId) => Keeping;
  /** Called with servers that were ready at the last refresh and aren't any more. */
  readonly onWorse: (account: Account, servers: readonly Server[]) => void;
}
