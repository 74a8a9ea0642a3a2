import { checkHealth } from "../model/checks/health.ts";
import { Sieve } from "../model/checks/settings.ts";
import type { Account } from "../model/client/account.ts";
import type { Server } from "../model/server/server.ts";
import { checkSettings } from "./problems/settings.ts";

/** Tells once that servers which were ready aren't any more, with one action. */
export class HealthNotices {
  readonly #told = new Set<string>();

  /** Who has switched a problem off, or ignores it, doesn't want to hear of it here either. */
  tell(account: Account, servers: readonly Server[]): void {
    const sieve = new Sieve(checkSettings());
    const news = servers.filter(
      (server) => !this.#told.has(keyOf(account, server)) && isWanted(sieve, server),
    );
    for (const server of news) this.#told.add(keyOf(account, server));
    const [only, second] = news;
    if (only === undefined) return;
    void tell(account, second === undefined ? only : news.length);
  }
}

function isWanted(sieve: Sieve, server: Server): boolean {
  return checkHealth(server).some(
    (finding) => sieve.pass(server.id, finding, undefined) !== undefined,
  );
}

/** The same failure until the server has been well in between. */
function keyOf({ id }: Account, server: Server): string {
  const { status, error, lastSuccessfulSync } = server;
  return JSON.stringify([id, server.id, status, error, lastSuccessfulSync]);
}

/** One server, or how many. What is said is loaded when there is something to say. */
async function tell(account: Account, what: Server | number): Promise<void> {
  const { tellOfMany, tellOfOne } = await import("./healthMessages.ts");
  await (typeof what === "number" ? tellOfMany(what) : tellOfOne(account, what));
}
