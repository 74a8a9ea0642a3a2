import type { BrowserContext } from "playwright-core";

/** Prepares the pages of VS Code that open in a browser from now on. */
export async function prepareCodePages(browser: BrowserContext): Promise<void> {
  await browser.addInitScript(stopAnimations);
  await browser.addInitScript(supplyKeyHalf);
}

/** Runs in the page. What stands still is drawn once. */
function stopAnimations(): void {
  const still = new CSSStyleSheet();
  still.replaceSync(
    "*, ::before, ::after { animation: none !important; transition: none !important; }",
  );
  document.adoptedStyleSheets = [still];
}

/**
 * Runs in the page. A window encrypts its secrets with a key, and asks the server for one half of it.
 * code-server answers that, VS Code's own server doesn't.
 */
function supplyKeyHalf(): void {
  const half = new TextEncoder().encode("key half".repeat(4));
  const original = globalThis.fetch;
  globalThis.fetch = (input, init) =>
    String(input).endsWith("/mint-key")
      ? Promise.resolve(new Response(half))
      : original(input, init);
}
