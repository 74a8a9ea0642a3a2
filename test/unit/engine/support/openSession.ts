import { Semaphore } from "../../../../src/base/semaphore.ts";
import type { CloudflareClient } from "../../../../src/domain/cloudflareClient.ts";
import { RESOURCES } from "../../../../src/domain/resources/kinds.ts";
import { MachineStorage } from "../../../../src/engine/files/accountStorage.ts";
import { Session } from "../../../../src/engine/session.ts";
import { Store } from "../../../../src/engine/store.ts";
import { accountId } from "./storage.ts";

/** One window's account, whose files lie in a folder. */
export function openSession(api: CloudflareClient, folder: string) {
  const storage = new MachineStorage(folder);
  const store = new Store(RESOURCES);
  const session = new Session({
    store,
    account: { id: accountId, name: "Account" },
    client: { api },
    settings: {
      refreshInterval: () => 0,
      syncs: { semaphore: new Semaphore(() => 1), retryPause: 0 },
      storage: (id) => storage.forAccount(id),
    },
  });
  const portals = () => store.state.accounts.get(accountId)?.collections.portal;
  const close = () => {
    session.dispose();
    return storage.forget(accountId);
  };
  return { storage, store, session, portals, close };
}
