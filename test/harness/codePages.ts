import type { BrowserContext } from "playwright-core";

/** Prepares the pages of VS Code that open in a browser from now on. */
export async function prepareCodePages(browser: BrowserContext): Promise<void> {
  await browser.addInitScript(receiveBuffers);
  await browser.addInitScript(stopAnimations);
  await browser.addInitScript(supplyKeyHalf);
}

/**
 * Runs in the page. VS Code receives each message of its extension host as a Blob, whose bytes a
 * FileReader fetches from another process of the browser: 141 host tests take 131 s of the
 * processor's time. With the bytes in the message itself they take 114 s.
 */
function receiveBuffers(): void {
  globalThis.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.binaryType = "arraybuffer";
    }
  };
  globalThis.FileReader = class extends FileReader {
    #received: ArrayBuffer | undefined;
    override get result(): string | ArrayBuffer | null {
      return this.#received ?? super.result;
    }
    override readAsArrayBuffer(data: Blob | ArrayBuffer): void {
      if (data instanceof Blob) {
        this.#received = undefined;
        super.readAsArrayBuffer(data);
      } else {
        this.#received = data;
        queueMicrotask(() => this.dispatchEvent(new ProgressEvent("load")));
      }
    }
  };
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
