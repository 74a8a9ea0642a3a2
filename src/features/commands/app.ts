import type { AccountsContext } from "../accounts/index.ts";
import type { UndoContext } from "../edits/index.ts";
import type { FindContext } from "../find/index.ts";
import type { ServersView } from "../servers/index.ts";

/** All that commands work with. Each takes what it needs of it. */
export type App = AccountsContext &
  UndoContext &
  FindContext & { readonly tree: Pick<ServersView, "pressed" | "onDidCheck"> };
