import type { Accounts } from "../account/accounts.ts";
import type { Connect } from "../model/client/client.ts";
import type { InTurn } from "../model/inTurn.ts";
import type { Sessions } from "../store/sessions.ts";
import type { ReadonlyStore, Store } from "../store/store.ts";
import type { Log } from "../ui/log.ts";
import type { Problems } from "../ui/problems/problems.ts";
import type { Reporter } from "../ui/report.ts";
import type { ShownAccount } from "../ui/shownAccount.ts";
import type { ServersView } from "../ui/tree/view.ts";

/** What commands work with. */
export interface App {
  readonly store: ReadonlyStore & Pick<Store, "show" | "filter">;
  readonly sessions: Sessions;
  readonly accounts: Accounts;
  readonly shown: ShownAccount;
  readonly undoing: InTurn;
  readonly connect: Connect;
  readonly tree: Pick<ServersView, "view" | "pressed" | "reveal">;
  readonly problems: Problems;
  readonly reporter: Reporter;
  readonly log: Log;
}
