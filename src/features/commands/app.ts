import type { AccountsContext } from "../accounts/index.ts";
import type { ConnectContext } from "../connect/index.ts";
import type { UndoContext } from "../edits/index.ts";
import type { FindContext } from "../find/index.ts";
import type { PortalsView } from "../portals/index.ts";
import type { ServersView } from "../servers/index.ts";

/** The context of all commands. Each command takes the part that it needs. */
export type App = AccountsContext &
  UndoContext &
  ConnectContext &
  FindContext & {
    readonly serversView: Pick<ServersView, "pressed">;
    readonly portalsView: Pick<PortalsView, "pressed" | "reveal" | "onDidDrop">;
  };
