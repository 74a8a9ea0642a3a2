import * as l10n from "@vscode/l10n";
import { isRecord } from "../../base/json.ts";
import { PAGE_READY, SET_UP_ELEMENT } from "../../base/pages.ts";

interface WebviewApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): WebviewApi;

export interface PageScript<Received, View> {
  /** Reads a message of the extension; undefined for one that isn't known, which is ignored. */
  readMessage(value: unknown): Received | undefined;
  /** Reads what the page remembered; undefined where that is nothing of its own. */
  readView(value: unknown): View | undefined;
  receive(message: Received): void;
}

/** A page's way to the extension. */
export interface Bridge<Sent, View> {
  send(message: Sent): void;
  /** What was remembered before the page was hidden or the window was reloaded. */
  readonly remembered: View | undefined;
  /** Keeps what a person has set in the page, such as filters. */
  remember(view: View): void;
}

/**
 * Connects a page's script with the extension. It has to be called first, because it also loads the
 * translation. Call `start` when the page can take messages.
 */
export function connect<Received, Sent, View>({
  readMessage,
  readView,
  receive,
}: PageScript<Received, View>): Bridge<Sent, View> & { start(): void } {
  const api = acquireVsCodeApi();
  const { subject, texts } = setUp();
  if (texts !== undefined) {
    l10n.config({ contents: texts });
  }
  const state = api.getState();
  const remembered = readView(isRecord(state) ? state["view"] : undefined);
  api.setState({ subject, view: remembered });
  window.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    const message = readMessage(data);
    if (message !== undefined) {
      receive(message);
    }
  });
  return {
    send: (message) => api.postMessage(message),
    remembered,
    remember: (view) => api.setState({ subject, view }),
    start: () => api.postMessage(PAGE_READY),
  };
}

function setUp(): {
  readonly subject: unknown;
  readonly texts: Record<string, string> | undefined;
} {
  const parsed: unknown = JSON.parse(document.getElementById(SET_UP_ELEMENT)?.textContent ?? "{}");
  if (!isRecord(parsed)) {
    return { subject: undefined, texts: undefined };
  }
  const { subject, texts } = parsed;
  const entries = isRecord(texts) ? Object.entries(texts) : undefined;
  return {
    subject,
    texts:
      entries &&
      Object.fromEntries(
        entries.flatMap(([key, text]) => (typeof text === "string" ? [[key, text]] : [])),
      ),
  };
}
