import type { Listed } from "../../model/client/client.ts";
import { isApiError } from "../../model/client/failure.ts";
import type { Server } from "../../model/server/server.ts";
import type { AccountState, Load } from "../state.ts";
import { knownHere, reconcile } from "./reconcile.ts";

/** What was known when a list was asked for. */
interface Beginning {
  readonly membership: number;
  readonly revisions: ReadonlyMap<string, number>;
}

export function beginning(account: AccountState | undefined): Beginning {
  const revisions = [...(account?.servers ?? [])].map(
    ([id, { revision }]) => [id, revision] as const,
  );
  return { membership: account?.membership ?? 0, revisions: new Map(revisions) };
}

/** The account with what a list has brought; the same object where that is nothing. */
export function accept(
  account: AccountState,
  listed: Listed<Server>,
  began: Beginning,
  lastGood: number | undefined,
): AccountState {
  const [rejected] = listed.rejected;
  const load: Load =
    rejected === undefined
      ? { kind: "loaded" }
      : { kind: "failed", error: rejected.error, lastGood };
  const { membership, revisions } = began;
  const items =
    membership === account.membership ? listed.items : knownHere(account.servers, listed.items);
  const unreadable = listed.rejected.flatMap(({ id }) => id ?? []);
  const servers = reconcile(account.servers, { items, unreadable }, revisions);
  const same = servers === account.servers && sameLoad(load, account.load);
  return same ? account : { ...account, load, servers };
}

/** Every answer has a failure of its own, which says the same as long as the same server is broken. */
function sameLoad(one: Load, other: Load): boolean {
  if (one.kind === "failed" && other.kind === "failed") return sameFailure(one.error, other.error);
  return one.kind === "loaded" && other.kind === "loaded";
}

function sameFailure(one: unknown, other: unknown): boolean {
  return isApiError(one) && isApiError(other) && one.message === other.message;
}
