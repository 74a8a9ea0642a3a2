import * as vscode from "vscode";
import { Replacements } from "./replacements.ts";
import { until } from "./screen.ts";

/** A page that was opened, what it was sent, and a way to speak as its script does. */
export interface OpenedPage {
  readonly panel: vscode.WebviewPanel;
  readonly posted: readonly unknown[];
  /** Does what the page's script would do. */
  speak(message: unknown): void;
}

/** The pages that are opened while it is there. They are VS Code's own, and they run. */
export class OpenedPages {
  readonly all: OpenedPage[] = [];
  readonly #replacements = new Replacements();

  arrive(): void {
    this.#replacements.replace(
      vscode.window,
      "createWebviewPanel",
      (real) =>
        (...args: Parameters<typeof real>) => {
          const panel = real(...args);
          this.all.push(record(panel));
          return panel;
        },
    );
  }

  /** Closes the pages. */
  leave(): void {
    this.#replacements.end();
    for (const { panel } of this.all.splice(0)) {
      panel.dispose();
    }
  }
}

function record(panel: vscode.WebviewPanel): OpenedPage {
  const posted: unknown[] = [];
  const listeners: ((message: unknown) => unknown)[] = [];
  const { webview } = panel;
  const post = webview.postMessage.bind(webview);
  const receive = webview.onDidReceiveMessage;
  Reflect.set(webview, "postMessage", (message: unknown) => {
    posted.push(message);
    return post(message);
  });
  Object.defineProperty(webview, "onDidReceiveMessage", {
    value: (listener: (message: unknown) => unknown) => {
      listeners.push(listener);
      return receive(listener);
    },
  });
  const speak = (message: unknown): void => {
    for (const listener of listeners) {
      listener(message);
    }
  };
  return { panel, posted, speak };
}

/** Waits for a message of this type that fulfils the condition, and returns the newest. */
export async function untilPosted<Type extends string, T extends { readonly type: Type }>(
  page: OpenedPage,
  is: (message: unknown) => message is T,
): Promise<T> {
  const found = await until(
    () => page.posted.findLast(is),
    (message) => message !== undefined,
  );
  if (found === undefined) {
    throw new Error("The page wasn't sent it.");
  }
  return found;
}
