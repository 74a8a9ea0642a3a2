import type { Page } from "playwright-core";

export interface Stored {
  readonly name: string;
  readonly text: string;
}

/** All that the page stores in the browser, including settings and global state. */
export function readBrowserStorage(page: Page): Promise<readonly Stored[]> {
  return page.evaluate(readAll);
}

/** Runs in the page. */
async function readAll(): Promise<Stored[]> {
  const entries: Stored[] = [];
  for (const [kind, storage] of Object.entries({ localStorage, sessionStorage })) {
    for (const key of Object.keys(storage)) {
      entries.push({ name: `${kind} ${key}`, text: storage.getItem(key) ?? "" });
    }
  }
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const textOf = (value: unknown): string =>
    value instanceof Uint8Array ? new TextDecoder().decode(value) : (JSON.stringify(value) ?? "");
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name ?? ""));
    for (const store of database.objectStoreNames) {
      const from = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([done(from.getAllKeys()), done(from.getAll())]);
      values.forEach((value, at) => {
        entries.push({ name: `${name} ${store} ${String(keys[at])}`, text: textOf(value) });
      });
    }
    database.close();
  }
  return entries;
}
