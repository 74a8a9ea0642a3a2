import * as vscode from "vscode";
import { fieldId } from "../../domain/changes/change.ts";
import { documentChanges } from "../../domain/documents/changes.ts";
import type { ResourceDocument } from "../../domain/documents/resourceDocument.ts";
import { notifyInformation } from "../../editor/notifications.ts";
import type { VirtualDocumentKind } from "../../editor/virtualDocuments.ts";
import type { State } from "../../engine/state.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import { REMOTE_SCHEME } from "../../manifest.ts";
import { onDocument, openDocument, openDocuments } from "./openDocuments.ts";
import { findDocument, parseDocumentUri, refIn } from "./resourceDocuments.ts";

/** Open documents with unsaved changes whose resource has changed meanwhile. */
export class StaleDrafts implements vscode.Disposable {
  readonly #store: ReadonlyStore;
  readonly #baseOf: (uri: vscode.Uri) => string | undefined;
  readonly #told = new Map<string, string>();
  readonly #saving = new Set<string>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  /** @param baseOf the text that an editor's own text is based on */
  constructor(store: ReadonlyStore, baseOf: (uri: vscode.Uri) => string | undefined) {
    this.#store = store;
    this.#baseOf = baseOf;
    this.#subscription = vscode.Disposable.from(
      onDocument(() => this.#changed.fire()),
      store.onDidChange(() => this.#update()),
    );
  }

  is({ uri, isDirty }: vscode.TextDocument): boolean {
    const key = uri.toString();
    const base = this.#baseOf(uri);
    if (!isDirty || base === undefined || this.#saving.has(key)) {
      return false;
    }
    const seen = this.#find(uri, "optimistic");
    const remote = this.#find(uri, "remote");
    if (seen === undefined || remote === undefined) {
      return false;
    }
    const there = new Map(
      documentChanges(remote, base, remote.text).map(({ field, to }) => [fieldId(field), to]),
    );
    // A change of this window counts once it is at Cloudflare: it may fail. One that the text is based on
    // already may not be there yet.
    return documentChanges(seen, base, seen.text).some(({ field, to }) => {
      const now = there.get(fieldId(field));
      return now !== undefined && remote.same(field, now, to);
    });
  }

  /** Suppresses the message while a save runs, because the save itself changes the resource. */
  async during(uri: vscode.Uri, save: () => Promise<void>): Promise<void> {
    const key = uri.toString();
    this.#saving.add(key);
    try {
      await save();
    } finally {
      this.#saving.delete(key);
    }
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #update(): void {
    const dirty = [...openDocuments().values()].filter((document) => this.is(document));
    for (const { uri } of dirty) {
      this.#tell(uri);
    }
    if (dirty.length > 0) {
      this.#changed.fire();
    }
  }

  /** Shows one message for each newer text. */
  #tell(uri: vscode.Uri): void {
    const key = uri.toString();
    const remote = this.#find(uri, "remote");
    if (remote === undefined || this.#told.get(key) === remote.text) {
      return;
    }
    this.#told.set(key, remote.text);
    void tell(uri, remote.name);
  }

  #find(uri: vscode.Uri, of: "optimistic" | "remote"): ResourceDocument | undefined {
    const ref = parseDocumentUri(uri);
    return ref && findDocument(this.#store.state, ref, of);
  }
}

async function tell(uri: vscode.Uri, name: string): Promise<void> {
  const show = vscode.l10n.t("Show Differences");
  const chosen = await notifyInformation(
    vscode.l10n.t(
      "{0} has changed at Cloudflare while you edit it. Saving keeps both sides' changes.",
      name,
    ),
    show,
  );
  if (chosen === show && openDocument(uri) !== undefined) {
    await diffWithRemote(uri, name);
  }
}

/** The values at Cloudflare, to be compared with a document that has unsaved changes. */
export const REMOTE_DOCUMENT: VirtualDocumentKind<State, ResourceDocument> = {
  scheme: REMOTE_SCHEME,
  sourceOf: (state, uri) => {
    const ref = refIn(uri.path);
    return ref && findDocument(state, ref, "remote");
  },
  textOf: (document) => document?.text ?? "",
};

/** Opens a diff between the values at Cloudflare and the document on screen. */
export async function diffWithRemote(uri: vscode.Uri, name: string): Promise<void> {
  await vscode.commands.executeCommand(
    "vscode.diff",
    uri.with({ scheme: REMOTE_SCHEME }),
    uri,
    vscode.l10n.t("{0}: at Cloudflare ↔ yours", name),
  );
}
