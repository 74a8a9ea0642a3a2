import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { reportUncaught } from "../base/async.ts";
import { isRecord } from "../base/json.ts";
import { PAGE_READY, type PageSetUp, SET_UP_ELEMENT } from "../base/pages.ts";

/** One kind of page: a folder of `src/pages`, and what identifies a page of this kind. */
export interface PageKind<Subject, Sent, Received> {
  /** VS Code's name for it, which the manifest lists among the activation events. */
  readonly viewType: string;
  /** The folder below `src/pages` whose `main.ts` is its script. */
  readonly folder: string;
  /** Reads what VS Code kept of a page; undefined where that is no subject. */
  readSubject(value: unknown): Subject | undefined;
  /** Reads a message of the page; undefined for one that isn't known, which is ignored. */
  readMessage(value: unknown): Received | undefined;
  contentOf(subject: Subject): PageContent<Sent, Received>;
}

/** What one page shows. */
export interface PageContent<Sent, Received> {
  readonly title: string;
  /**
   * The message that draws the page. It is asked for while the page is visible, after a change and
   * whenever its script starts anew. The same object as before isn't sent again.
   */
  compose(): Sent;
  /** @param answer sends a message to the page */
  receive(message: Received, answer: (message: Sent) => void): unknown;
  readonly onDidChange: (listener: () => void) => { dispose(): void };
}

/** The pages of one kind, one for each subject. */
export class Pages<Subject, Sent, Received> implements vscode.WebviewPanelSerializer {
  readonly #kind: PageKind<Subject, Sent, Received>;
  readonly #root: vscode.Uri;
  readonly #open = new Map<string, OpenPage<Sent, Received>>();

  /** @param extension the extension's folder */
  constructor(kind: PageKind<Subject, Sent, Received>, extension: vscode.Uri) {
    this.#kind = kind;
    this.#root = vscode.Uri.joinPath(extension, "dist", "pages");
  }

  /**
   * Opens the page of a subject, or brings it to the front.
   * @param message what it is told at once, beside its content
   */
  show(subject: Subject, message?: Sent): void {
    const known = this.#open.get(JSON.stringify(subject));
    if (known !== undefined) {
      known.reveal(message);
      return;
    }
    const column = vscode.ViewColumn.Active;
    const panel = vscode.window.createWebviewPanel(this.#kind.viewType, "", column);
    this.#fill(panel, subject, message);
  }

  /** Fills the pages that were open before the window was reloaded. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const subject = this.#kind.readSubject(isRecord(state) ? state["subject"] : undefined);
    if (subject === undefined) {
      panel.dispose();
      return;
    }
    this.#fill(panel, subject);
  }

  #fill(panel: vscode.WebviewPanel, subject: Subject, message?: Sent): void {
    const key = JSON.stringify(subject);
    const { folder, readMessage } = this.#kind;
    const page = new OpenPage(panel, this.#kind.contentOf(subject), readMessage, message);
    this.#open.set(key, page);
    panel.onDidDispose(() => {
      page.dispose();
      if (this.#open.get(key) === page) {
        this.#open.delete(key);
      }
    });
    panel.webview.options = { enableScripts: true, localResourceRoots: [this.#root] };
    panel.webview.html = htmlOf(
      {
        script: panel.webview.asWebviewUri(vscode.Uri.joinPath(this.#root, `${folder}.js`)),
        style: panel.webview.asWebviewUri(vscode.Uri.joinPath(this.#root, `${folder}.css`)),
      },
      { subject, texts: vscode.l10n.bundle ?? null },
      panel.title,
    );
  }
}

/** One open page. It is drawn anew by its script each time that it comes out of hiding. */
class OpenPage<Sent, Received> {
  readonly #panel: vscode.WebviewPanel;
  readonly #content: PageContent<Sent, Received>;
  readonly #subscriptions: readonly { dispose(): void }[];
  /** What the script was drawn with; undefined before it has started. */
  #drawn: Sent | undefined;
  /** What waits for the script to start. */
  #waiting: Sent | undefined;

  constructor(
    panel: vscode.WebviewPanel,
    content: PageContent<Sent, Received>,
    read: (value: unknown) => Received | undefined,
    message: Sent | undefined,
  ) {
    this.#panel = panel;
    this.#content = content;
    this.#waiting = message;
    panel.title = content.title;
    this.#subscriptions = [
      content.onDidChange(() => this.#update()),
      panel.onDidChangeViewState(() => {
        if (!panel.visible) {
          this.#drawn = undefined;
        }
      }),
      panel.webview.onDidReceiveMessage((value: unknown) => {
        if (value === PAGE_READY) {
          this.#start();
          return;
        }
        const message = read(value);
        if (message !== undefined) {
          this.#receive(message);
        }
      }),
    ];
  }

  reveal(message: Sent | undefined): void {
    if (message !== undefined) {
      if (this.#drawn === undefined) {
        this.#waiting = message;
      } else {
        this.#send(message);
      }
    }
    this.#panel.reveal();
  }

  dispose(): void {
    for (const each of this.#subscriptions) {
      each.dispose();
    }
  }

  #start(): void {
    this.#draw(this.#content.compose());
    if (this.#waiting !== undefined) {
      this.#send(this.#waiting);
      this.#waiting = undefined;
    }
  }

  #update(): void {
    this.#panel.title = this.#content.title;
    if (this.#drawn === undefined || !this.#panel.visible) {
      return;
    }
    const message = this.#content.compose();
    if (message !== this.#drawn) {
      this.#draw(message);
    }
  }

  #draw(message: Sent): void {
    this.#drawn = message;
    this.#send(message);
  }

  #receive(message: Received): void {
    const received = async () => this.#content.receive(message, (answer) => this.#send(answer));
    received().catch(reportUncaught);
  }

  #send(message: Sent): void {
    // It fails where the page is gone, which needs no answer any more.
    this.#panel.webview.postMessage(message).then(undefined, reportUncaught);
  }
}

/**
 * The page's whole HTML. Scripts and styles load by a nonce alone, nothing else loads at all, and no
 * text can become HTML: a page makes its elements one by one.
 */
function htmlOf(
  { script, style }: { readonly script: vscode.Uri; readonly style: vscode.Uri },
  setUp: PageSetUp,
  title: string,
): string {
  const nonce = randomBytes(16).toString("base64url");
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; ");
  // A text in English stays what it is, whatever the language of the window.
  const language = setUp.texts === null ? "en" : vscode.env.language;
  return `<!DOCTYPE html>
<html lang="${attribute(language)}">
<head>
<meta charset="utf-8">
<title>${attribute(title)}</title>
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" nonce="${nonce}" href="${attribute(style.toString())}">
</head>
<body>
<script id="${SET_UP_ELEMENT}" type="application/json">${scriptData(setUp)}</script>
<script nonce="${nonce}" src="${attribute(script.toString())}"></script>
</body>
</html>`;
}

function attribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}

/** JSON in which no text can end the element. */
function scriptData(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
