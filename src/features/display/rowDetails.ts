import { setTimeout as sleep } from "node:timers/promises";
import type { RedirectUri } from "../../domain/portals/portal.ts";
import type { CallScope, ToolCalls } from "../../domain/usage/toolCalls.ts";
import type { Session } from "../../engine/session.ts";
import { hasFailedRefresh } from "../../engine/state.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import type { MappingAddress } from "../../target.ts";

/** Milliseconds for which a tooltip waits. */
const LONGEST_MS = 1500;

interface DetailsOptions {
  readonly store: ReadonlyStore;
  readonly session: (accountId: string) => Session | undefined;
}

/**
 * What Cloudflare tells of a row only when somebody asks. Everything is undefined where Cloudflare
 * can't be reached, refuses it, or doesn't answer while a person waits.
 */
export class RowDetails {
  readonly #store: ReadonlyStore;
  readonly #session: DetailsOptions["session"];

  constructor({ store, session }: DetailsOptions) {
    this.#store = store;
    this.#session = session;
  }

  toolCalls(accountId: string, scope: CallScope): Promise<ToolCalls | undefined> {
    return this.#ask(accountId, (session) => session.usage.toolCalls(scope));
  }

  redirectUri({ accountId, ...of }: MappingAddress): Promise<RedirectUri | undefined> {
    return this.#ask(accountId, (session) => session.redirectUri(of));
  }

  async #ask<T>(accountId: string, ask: (session: Session) => Promise<T>): Promise<T | undefined> {
    const session = this.#session(accountId);
    if (session === undefined || hasFailedRefresh(this.#store.state, accountId)) {
      return undefined;
    }
    const late = sleep(LONGEST_MS, undefined, { ref: false });
    // A tooltip has no place for the failure of one of its lines.
    return Promise.race([ask(session).catch(() => undefined), late]);
  }
}
