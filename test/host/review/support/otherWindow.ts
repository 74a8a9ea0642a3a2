import { Semaphore } from "../../../../src/base/semaphore.ts";
import { Connector } from "../../../../src/cloudflare/connect.ts";
import { RESOURCES } from "../../../../src/domain/resources/kinds.ts";
import { MachineStorage } from "../../../../src/engine/files/accountStorage.ts";
import { Hold } from "../../../../src/engine/review/hold.ts";
import { Reviews } from "../../../../src/engine/review/reviews.ts";
import { Session } from "../../../../src/engine/session.ts";
import { Store } from "../../../../src/engine/store.ts";
import type { Emulator } from "../../../harness/emulator.ts";

/**
 * The engine of another window, with the files of this one, and without its screen. New tools are
 * held back in it.
 */
export function openOtherWindow({ url, token, accountId }: Emulator, folder: string) {
  const storage = new MachineStorage(folder);
  const store = new Store(RESOURCES);
  const connection = new Connector().connect({
    apiRoot: url,
    credential: { kind: "token", token },
    userAgent: "test/1",
  });
  const session = new Session({
    store,
    account: { id: accountId, name: "Account" },
    client: { api: connection.client(accountId) },
    settings: {
      refreshInterval: () => 0,
      syncs: { semaphore: new Semaphore(() => 1), retryPause: 0 },
      storage: (id) => storage.forAccount(id),
    },
  });
  const reviews = new Reviews(store, {
    baselines: (id) => storage.baselines(id),
    onUnkept: () => undefined,
  });
  const hold = new Hold(store, reviews, { mode: () => "new", session: () => session });
  const docs = { accountId, serverId: "docs" };
  return {
    refresh: () => session.refresh(),
    held: () => (reviews.snapshot.baselineOf(docs)?.heldBack ?? []).map(({ state }) => state),
    accept: () => reviews.accept(docs, reviews.snapshot.of(docs)),
    close: () => {
      hold.dispose();
      reviews.dispose();
      session.dispose();
      void connection.close();
    },
  };
}
