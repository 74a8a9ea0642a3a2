import * as vscode from "vscode";
import { about } from "../../base/text.ts";
import { catalogueOf } from "../../domain/catalogue/serverCatalogue.ts";
import type { Ref } from "../../domain/changes/change.ts";
import { placesIn } from "../../domain/documents/places.ts";
import { partPath } from "../../domain/documents/shape.ts";
import { mappedCatalogueOf } from "../../domain/portals/exposure.ts";
import { mappingRef } from "../../domain/portals/fields.ts";
import { PORTAL } from "../../domain/portals/portal.ts";
import type { Server } from "../../domain/servers/server.ts";
import { activityInWords, contentsInWords, timeInWords } from "../../domain/servers/words.ts";
import { escapeLabel } from "../../editor/escape.ts";
import {
  findMapping,
  findPortal,
  findServer,
  findSync,
  healthOf,
  isReadOnly,
  type State,
} from "../../engine/state.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import { COMMANDS } from "../../manifest.ts";
import type { MappingTarget, ServerTarget } from "../../target.ts";
import { GivenAnswers } from "./openDocuments.ts";
import { findDocument, parseDocumentUri } from "./resourceDocuments.ts";
import type { StaleDrafts } from "./staleDrafts.ts";

/** CodeLenses in a document: the status of what it is about, and actions on it. */
export class DocumentLenses implements vscode.CodeLensProvider {
  readonly #store: ReadonlyStore;
  readonly #staleDrafts: StaleDrafts;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #given = new GivenAnswers();
  readonly #subscription: vscode.Disposable;

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(store: ReadonlyStore, staleDrafts: StaleDrafts) {
    this.#store = store;
    this.#staleDrafts = staleDrafts;
    this.#subscription = vscode.Disposable.from(
      store.onDidChange(() => this.#compare()),
      staleDrafts.onDidChange(() => this.#compare()),
    );
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const lenses = this.#lensesOf(document);
    this.#given.note(document, JSON.stringify(lenses));
    const places = placesIn(document.getText());
    return lenses.flatMap(({ path, command }) => {
      const span = path.length === 0 ? TOP : places.value(path) && places.key(path);
      if (span === undefined) {
        return [];
      }
      const at = document.positionAt(span.offset);
      return [new vscode.CodeLens(new vscode.Range(at, at), command)];
    });
  }

  #compare(): void {
    if (this.#given.differ((document) => JSON.stringify(this.#lensesOf(document)))) {
      this.#changed.fire();
    }
  }

  #lensesOf(document: vscode.TextDocument): readonly Lens[] {
    const { state } = this.#store;
    const ref = parseDocumentUri(document.uri);
    if (ref === undefined || findDocument(state, ref) === undefined) {
      return [];
    }
    const stale = this.#staleDrafts.is(document) ? [atTop(differencesLens(ref))] : [];
    return [
      ...stale,
      ...(ref.kind === PORTAL ? portalLenses(state, ref) : serverLenses(state, ref)),
    ];
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

/** Where a lens without a property of its own stands. */
const TOP = { offset: 0 };

/** A lens above the property at a path. */
interface Lens {
  readonly path: readonly string[];
  readonly command: vscode.Command;
}

function atTop(command: vscode.Command): Lens {
  return { path: [], command };
}

function serverLenses(state: State, { accountId, id }: Ref): readonly Lens[] {
  const found = findServer(state, accountId, id)?.optimistic;
  if (found === undefined) {
    return [];
  }
  const { phase } = findSync(state, accountId, id);
  const target: ServerTarget = { kind: "server", accountId, serverId: id };
  return [
    ...syncLens(state, target, vscode.l10n.t("$(sync) Sync")).map(atTop),
    ...(phase === undefined ? [] : [atTop(plain(activityInWords(found, phase)))]),
    atTop(plain(contentsInWords(catalogueOf(found)))),
    atTop(plain(synced(found))),
  ];
}

/** What is about one server stands above the server. */
function portalLenses(state: State, { accountId, id }: Ref): readonly Lens[] {
  const address = { accountId, portalId: id };
  const portal = findPortal(state, address)?.optimistic;
  if (portal === undefined) {
    return [];
  }
  const add: vscode.Command = {
    title: vscode.l10n.t("$(add) Add Servers…"),
    command: COMMANDS.attachServers,
    arguments: [{ kind: "portal", ...address }],
  };
  const { words } = healthOf(state, accountId, portal);
  return [
    ...(isReadOnly(state, accountId) ? [] : [atTop(add)]),
    atTop(plain(portal.hostname)),
    ...(words === undefined ? [] : [atTop(plain(escapeLabel(words)))]),
    ...[...portal.mappings.keys()].flatMap((serverId) =>
      mappingLenses(state, { kind: "mapping", ...address, serverId }),
    ),
  ];
}

function mappingLenses(state: State, target: MappingTarget): readonly Lens[] {
  const found = findMapping(state, target);
  if (found?.server === undefined) {
    return [];
  }
  const { mapping, server } = found;
  const { phase } = findSync(state, target.accountId, target.serverId);
  const isQuiet = server.status === "ready" && phase === undefined;
  const contents = contentsInWords(mappedCatalogueOf(mapping, server));
  const words = isQuiet ? contents : `${activityInWords(server, phase)} · ${contents}`;
  // Each by itself, as a screen reader reads them, says which of the portal's servers it is about.
  const commands = [
    ...syncLens(state, target, vscode.l10n.t("$(sync) Sync {0}", escapeLabel(server.name))),
    plain(escapeLabel(about(server.name, words))),
  ];
  return commands.map((command) => ({
    path: partPath(mappingRef(target.serverId)),
    command,
  }));
}

function differencesLens({ accountId, kind, id }: Ref): vscode.Command {
  const row =
    kind === PORTAL
      ? { kind: "portal", accountId, portalId: id }
      : { kind: "server", accountId, serverId: id };
  return {
    title: vscode.l10n.t("$(warning) Newer at Cloudflare: Show Differences"),
    command: COMMANDS.showNewer,
    arguments: [row],
  };
}

/** None for an account that can't be changed, and while a sync runs. */
function syncLens(
  state: State,
  target: ServerTarget | MappingTarget,
  title: string,
): readonly vscode.Command[] {
  const { phase } = findSync(state, target.accountId, target.serverId);
  return phase !== undefined || isReadOnly(state, target.accountId)
    ? []
    : [{ title, command: COMMANDS.syncServer, arguments: [target] }];
}

/** A lens without a command. */
function plain(title: string): vscode.Command {
  return { title, command: "" };
}

function synced({ lastSynced }: Server): string {
  return lastSynced === undefined
    ? vscode.l10n.t("Never synced")
    : vscode.l10n.t("Last synced {0}", timeInWords(lastSynced, vscode.env.language));
}
