import { until } from "./eventually.ts";
import type { CodeWindow } from "./window.ts";

/**
 * Waits until VS Code has stored which editors are open, with this text in their state. In a browser it
 * stores that now and then, and when the window loses the focus, which is what it is told here.
 */
export async function untilEditorsKept({ page }: CodeWindow, text: string): Promise<void> {
  await page.evaluate(LOSE_FOCUS);
  await until(
    async () => String(await page.evaluate(READ_EDITORS)),
    (kept) => kept.includes(text),
    "The stored editors",
  );
}

/** These run in the page. */
const LOSE_FOCUS = `document.hasFocus = () => false; window.dispatchEvent(new Event("blur"));
  document.dispatchEvent(new Event("visibilitychange"));`;
const READ_EDITORS = `(async () => {
  const answer = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const all = await indexedDB.databases();
  const kept = await Promise.all(
    all.filter(({ name }) => name.startsWith("vscode-web-state-db-")).map(async ({ name }) => {
      const database = await answer(indexedDB.open(name));
      try {
        const table = database.transaction("ItemTable", "readonly").objectStore("ItemTable");
        return await answer(table.get("memento/workbench.parts.editor"));
      } finally {
        database.close();
      }
    }),
  );
  return kept.filter(Boolean).join();
})()`;
