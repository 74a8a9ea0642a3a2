import * as vscode from "vscode";
import type { ValueSource } from "../../domain/catalogue/layers.ts";
import type { Ref } from "../../domain/changes/change.ts";
import { documentChanges } from "../../domain/documents/changes.ts";
import { type Places, placesIn } from "../../domain/documents/places.ts";
import { partPath } from "../../domain/documents/shape.ts";
import { type MappedCapability, mappedCatalogueOf } from "../../domain/portals/exposure.ts";
import { mappingRef, PORTAL_FIELDS } from "../../domain/portals/fields.ts";
import { PORTAL } from "../../domain/portals/portal.ts";
import { findPortal, findServer, type State } from "../../engine/state.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import { mappedCapabilityTooltip } from "../display/index.ts";
import { GivenAnswers } from "./openDocuments.ts";
import { findDocument, parseDocumentUri } from "./resourceDocuments.ts";

/**
 * Shows behind each tool and prompt of a portal's document under which name clients see it, and which
 * layer gives that name. Unsaved changes count.
 */
export class ExposedNameHints implements vscode.InlayHintsProvider {
  readonly #store: ReadonlyStore;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #given = new GivenAnswers();
  readonly #subscription: vscode.Disposable;

  readonly onDidChangeInlayHints = this.#changed.event;

  constructor(store: ReadonlyStore) {
    this.#store = store;
    this.#subscription = store.onDidChange(() => this.#compare());
  }

  provideInlayHints(document: vscode.TextDocument, range: vscode.Range): vscode.InlayHint[] {
    const hints = hintsIn(this.#store.state, document);
    this.#given.note(document, wordsOf(hints));
    const places = placesIn(document.getText());
    return hints.flatMap((hint) => {
      const at = endOf(document, places, hint.path);
      return at === undefined || !range.contains(at) ? [] : [inlayHint(hint, at)];
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  /** While somebody types, VS Code asks again by itself. */
  #compare(): void {
    if (this.#given.differ((document) => wordsOf(hintsIn(this.#store.state, document)))) {
      this.#changed.fire();
    }
  }
}

interface Hint {
  /** The entry of the tool or prompt. */
  readonly path: readonly string[];
  readonly words: string;
  readonly shown: MappedCapability;
}

function wordsOf(hints: readonly Hint[]): string {
  return JSON.stringify(hints.map(({ path, words }) => [path, words]));
}

function hintsIn(state: State, document: vscode.TextDocument): readonly Hint[] {
  const ref = parseDocumentUri(document.uri);
  return ref?.kind === PORTAL ? portalHints(state, ref, document.getText()) : [];
}

function portalHints(state: State, ref: Ref, text: string): readonly Hint[] {
  const { accountId, id } = ref;
  const portal = findPortal(state, { accountId, portalId: id })?.optimistic;
  const document = findDocument(state, ref);
  if (portal === undefined || document === undefined) {
    return [];
  }
  const changes = documentChanges(document, document.text, text);
  const draft = PORTAL_FIELDS.set(portal, changes);
  return [...draft.mappings.values()].flatMap((mapping) => {
    const { serverId } = mapping;
    const server = findServer(state, accountId, serverId)?.optimistic ?? mapping.server;
    const catalogue = server && mappedCatalogueOf(mapping, server);
    return [...(catalogue?.tools ?? []), ...(catalogue?.prompts ?? [])].map((shown) => {
      const { kind, name } = shown;
      const path = partPath({ kind, name, within: mappingRef(serverId) });
      return { path, words: hintInWords(shown), shown };
    });
  });
}

function hintInWords({ exposedName, enabled, resolved, onServer }: MappedCapability): string {
  if (!onServer.enabled) {
    return vscode.l10n.t("off on the server");
  }
  return enabled ? named(exposedName, resolved.name.from) : vscode.l10n.t("not exposed");
}

function named(exposedName: string, source: ValueSource): string {
  switch (source) {
    case "upstream":
      return vscode.l10n.t("{0} · upstream", exposedName);
    case "server":
      return vscode.l10n.t("{0} · server", exposedName);
    case "portal":
    case "portalDefault":
      return vscode.l10n.t("{0} · portal", exposedName);
  }
}

/** Behind the entry, so that the hints don't push its values aside. */
function endOf(
  document: vscode.TextDocument,
  places: Places,
  path: readonly string[],
): vscode.Position | undefined {
  const span = places.value(path);
  return span && document.positionAt(span.offset + span.length);
}

function inlayHint({ words, shown }: Hint, at: vscode.Position): vscode.InlayHint {
  const hint = new vscode.InlayHint(at, words);
  hint.paddingLeft = true;
  hint.tooltip = mappedCapabilityTooltip(shown);
  return hint;
}
