import * as vscode from "vscode";
import { memoize } from "../../base/memo.ts";
import type { AccountId } from "../../domain/account.ts";
import type { ValueSource } from "../../domain/catalogue/layers.ts";
import { catalogueOf } from "../../domain/catalogue/serverCatalogue.ts";
import type { Ref } from "../../domain/changes/change.ts";
import { placesIn, type Span } from "../../domain/documents/places.ts";
import { partPath, sectionKey } from "../../domain/documents/shape.ts";
import { blankPortal } from "../../domain/files/newResources.ts";
import {
  type MappedCapability,
  type MappedCatalogue,
  mappedCapability,
  mappedCatalogueOf,
} from "../../domain/portals/exposure.ts";
import { mappingRef, PORTAL_FIELDS } from "../../domain/portals/fields.ts";
import { type MappedServer, type Mapping, PORTAL } from "../../domain/portals/portal.ts";
import type { Server } from "../../domain/servers/server.ts";
import { findPortal, findServer, type State } from "../../engine/state.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import { mappedCapabilityTooltip } from "../display/index.ts";
import { type Described, type DescribedTexts, OUR_DOCUMENTS } from "./describedTexts.ts";
import { GivenAnswers } from "./openDocuments.ts";

/**
 * Shows behind each tool and prompt of a portal's document under which name clients see it, and which
 * layer gives that name. Unsaved changes count.
 */
export class ExposedNameHints implements vscode.InlayHintsProvider {
  readonly #store: ReadonlyStore;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #texts: DescribedTexts;
  readonly #given: GivenAnswers;
  readonly #subscription: vscode.Disposable;

  readonly onDidChangeInlayHints = this.#changed.event;

  constructor(store: ReadonlyStore, texts: DescribedTexts = OUR_DOCUMENTS) {
    this.#store = store;
    this.#texts = texts;
    this.#given = new GivenAnswers(() => texts.open());
    this.#subscription = vscode.Disposable.from(
      store.onDidChange(() => this.#compare()),
      ...(texts.onDidChange === undefined ? [] : [texts.onDidChange(() => this.#changed.fire())]),
    );
  }

  /** Looks only at what is in view, because VS Code asks after each keystroke. */
  provideInlayHints(document: vscode.TextDocument, range: vscode.Range): vscode.InlayHint[] {
    const { state } = this.#store;
    const described = this.#texts.describe(state, document);
    if (described?.ref.kind !== PORTAL) {
      return [];
    }
    this.#given.note(document, savedInWords(state, described.ref));
    const text = document.getText();
    const offset = document.offsetAt(range.start);
    const inView = { offset, length: document.offsetAt(range.end) - offset };
    return hintsIn(state, described, text, inView).map(
      ({ end, shown }) => new ExposedNameHint(document.positionAt(end), shown),
    );
  }

  /** VS Code asks when somebody points at the hint. */
  resolveInlayHint(hint: vscode.InlayHint): vscode.InlayHint {
    if (hint instanceof ExposedNameHint) {
      hint.tooltip = mappedCapabilityTooltip(hint.shown);
    }
    return hint;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  /** While somebody types, VS Code asks again by itself. */
  #compare(): void {
    const { state } = this.#store;
    const isDifferent = this.#given.differ((document) => {
      const described = this.#texts.describe(state, document);
      return described === undefined ? "" : savedInWords(state, described.ref);
    });
    if (isDifferent) {
      this.#changed.fire();
    }
  }
}

class ExposedNameHint extends vscode.InlayHint {
  readonly shown: MappedCapability;

  constructor(at: vscode.Position, shown: MappedCapability) {
    super(at, hintInWords(shown));
    this.shown = shown;
    this.paddingLeft = true;
  }
}

/** What the hints of a portal's document depend on besides its text. */
function savedInWords(state: State, { accountId, id }: Ref): string {
  const portal = findPortal(state, { accountId, portalId: id })?.optimistic;
  const mappings = [...(portal?.mappings.values() ?? [])].map((mapping) => {
    const server = serverOf(state, accountId, mapping);
    return [mapping.serverId, server && catalogueInWords(mappedCatalogueOf(mapping, server))];
  });
  return JSON.stringify(mappings);
}

const catalogueInWords = memoize(({ tools, prompts }: MappedCatalogue) =>
  JSON.stringify(
    [...tools, ...prompts].map((shown) => [
      shown.name,
      hintInWords(shown),
      shown.onServer.exposedName,
    ]),
  ),
);

const KINDS = ["tool", "prompt"] as const;

interface Hint {
  /** Where the entry ends, in UTF-16 code units. */
  readonly end: number;
  readonly shown: MappedCapability;
}

function hintsIn(
  state: State,
  { ref, changes }: Described,
  text: string,
  inView: Span,
): readonly Hint[] {
  const { accountId, id } = ref;
  const known = findPortal(state, { accountId, portalId: id })?.optimistic;
  // A file may describe a portal that is to be made.
  const draft = PORTAL_FIELDS.set(known ?? blankPortal(id, ""), changes(text));
  const places = placesIn(text);
  return [...draft.mappings.values()].flatMap((mapping) => {
    const server = serverOf(state, accountId, mapping);
    return server === undefined
      ? []
      : KINDS.flatMap((kind) => {
          const path = [...partPath(mappingRef(mapping.serverId)), sectionKey(kind)];
          return [...places.valuesWithin(path, inView)].flatMap(([name, span]) => {
            const onServer = catalogueOf(server).find(kind, name);
            return onServer === undefined
              ? []
              : [{ end: endOf(text, span), shown: mappedCapability(mapping, server, onServer) }];
          });
        });
  });
}

/** The server as its own answer has it, or as the portal's has it. */
function serverOf(
  state: State,
  accountId: AccountId,
  mapping: Mapping,
): Server | MappedServer | undefined {
  return findServer(state, accountId, mapping.serverId)?.optimistic ?? mapping.server;
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

/** Behind the entry and its comma, so that the hints don't tear them apart. */
function endOf(text: string, { offset, length }: Span): number {
  const end = offset + length;
  return text[end] === "," ? end + 1 : end;
}
