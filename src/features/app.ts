import type { SerialQueue } from "../base/async.ts";
import type { Connect } from "../domain/cloudflareClient.ts";
import type { Log } from "../editor/log.ts";
import type { Sessions } from "../engine/session.ts";
import type { ReadonlyStore, Store } from "../engine/store.ts";
import type { Accounts } from "./accounts/accounts.ts";
import type { ShownAccount } from "./accounts/shownAccount.ts";
import type { Reporter } from "./errors.ts";
import type { Findings } from "./problems/findings.ts";
import type { ServersView } from "./servers/view.ts";

/** What commands work with. */
export interface App {
  readonly store: ReadonlyStore & Pick<Store, "show" | "filter">;
  readonly sessions: Sessions;
  readonly accounts: Accounts;
  readonly shown: ShownAccount;
  readonly undoing: SerialQueue;
  readonly connect: Connect;
  readonly tree: Pick<ServersView, "view" | "pressed" | "reveal" | "onDidCheck">;
  readonly problems: Findings;
  readonly reporter: Reporter;
  readonly log: Log;
}
