import { getLocation } from "jsonc-parser";
import * as vscode from "vscode";
import { catalogueOf, type ExposedCapability } from "../../domain/catalogue/serverCatalogue.ts";
import type { PartRef, Ref } from "../../domain/changes/change.ts";
import { partIn, readDocument } from "../../domain/documents/parse.ts";
import type { ResourceDocument } from "../../domain/documents/resourceDocument.ts";
import {
  type PartKind,
  type PartShape,
  partRef,
  sectionKey,
  shapeAt,
} from "../../domain/documents/shape.ts";
import { mappedCatalogueOf } from "../../domain/portals/exposure.ts";
import { PORTAL } from "../../domain/portals/portal.ts";
import { escapeLabel } from "../../editor/escape.ts";
import type { ReadonlyCosts } from "../../engine/cost/costs.ts";
import { findMapping, findServer, type State } from "../../engine/state.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import {
  capabilityTooltip,
  mappedCapabilityTooltip,
  mappingTooltip,
  serverTooltip,
  toolTokens,
} from "../display/index.ts";
import { type Described, type DescribedTexts, OUR_DOCUMENTS } from "./describedTexts.ts";

/** Completes and explains the names of servers, tools and prompts, which no static schema can know. */
export class NameProvider implements vscode.CompletionItemProvider, vscode.HoverProvider {
  readonly #store: ReadonlyStore;
  readonly #costs: ReadonlyCosts;
  readonly #texts: DescribedTexts;
  /** The proposed items, so that the documentation is made only for the one that is selected. */
  readonly #proposed = new WeakMap<vscode.CompletionItem, Named>();

  constructor(store: ReadonlyStore, costs: ReadonlyCosts, texts: DescribedTexts = OUR_DOCUMENTS) {
    this.#store = store;
    this.#costs = costs;
    this.#texts = texts;
  }

  provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): vscode.CompletionItem[] {
    const text = document.getText();
    const found = this.#find(document);
    const at = found && nameAt(found.document.shape, text, document.offsetAt(position));
    if (found === undefined || at === undefined) {
      return [];
    }
    const { kind, within } = at;
    const present = namesPresent(found.document, text, at);
    const range = rangeOf(document, position, at);
    return [...found.document.known(within, kind)]
      .filter((name) => name === at.name || !present.has(name))
      .map((name, index) => {
        const item = completion(name, index, { range, kind, hasValue: at.hasValue });
        this.#proposed.set(item, { ref: found.ref, part: partRef(kind, name, within) });
        return item;
      });
  }

  resolveCompletionItem(item: vscode.CompletionItem): vscode.CompletionItem {
    const named = this.#proposed.get(item);
    const tooltip = named && this.#tooltipOf(named);
    if (tooltip !== undefined) {
      item.documentation = tooltip;
    }
    return item;
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const found = this.#find(document);
    const at =
      found && nameAt(found.document.shape, document.getText(), document.offsetAt(position));
    if (found === undefined || at?.key === undefined) {
      return undefined;
    }
    const part = partRef(at.kind, at.name, at.within);
    const tooltip = this.#tooltipOf({ ref: found.ref, part });
    return tooltip && new vscode.Hover(tooltip, rangeOf(document, position, at));
  }

  #tooltipOf(named: Named): vscode.MarkdownString | undefined {
    return tooltipOfPart({ state: this.#store.state, costs: this.#costs }, named);
  }

  #find(document: vscode.TextDocument): Described | undefined {
    return this.#texts.describe(this.#store.state, document);
  }
}

/** A part of a resource. */
interface Named {
  readonly ref: Ref;
  readonly part: PartRef;
}

interface Known {
  readonly state: State;
  readonly costs: ReadonlyCosts;
}

function tooltipOfPart(
  { state, costs }: Known,
  { ref, part }: Named,
): vscode.MarkdownString | undefined {
  const { kind, name, within } = part;
  if (kind !== "tool" && kind !== "prompt") {
    return tooltipOfMapping({ state, costs }, ref, name);
  }
  const tokensOf = (shown: ExposedCapability) => toolTokens(costs, ref.accountId, shown);
  const mapped = within && findMapping(state, { ...ref, portalId: ref.id, serverId: within.name });
  if (mapped?.server !== undefined) {
    const shown = mappedCatalogueOf(mapped.mapping, mapped.server).find(kind, name);
    return shown && mappedCapabilityTooltip(shown, tokensOf(shown));
  }
  const server = findServer(state, ref.accountId, within?.name ?? ref.id)?.optimistic;
  const shown = server && catalogueOf(server).find(kind, name);
  return shown && capabilityTooltip(shown, tokensOf(shown));
}

/** A server that isn't in the portal yet is told by its own tooltip. */
function tooltipOfMapping(
  { state, costs }: Known,
  { accountId, kind, id }: Ref,
  serverId: string,
): vscode.MarkdownString | undefined {
  const mapped =
    kind === PORTAL ? findMapping(state, { accountId, portalId: id, serverId }) : undefined;
  if (mapped !== undefined) {
    const cost = costs.ofPortal({ accountId, portalId: id })?.byServer.get(serverId);
    return mappingTooltip(mapped, cost);
  }
  const server = findServer(state, accountId, serverId)?.optimistic;
  return server && serverTooltip(server);
}

interface NameAt {
  readonly kind: PartKind;
  /** The part in which the named part stands. */
  readonly within: PartRef | undefined;
  readonly name: string;
  /** The existing key; undefined where there is none yet. */
  readonly key: { readonly offset: number; readonly length: number } | undefined;
  /** True where a value follows the key. */
  readonly hasValue: boolean;
}

/** The name of a part at an offset, or the place for one. */
function nameAt(shape: PartShape, text: string, offset: number): NameAt | undefined {
  const { path, isAtPropertyKey, previousNode } = getLocation(text, offset);
  const keys = path.map(String);
  const at = keys.length === 0 ? undefined : shapeAt(shape, keys.slice(0, -1));
  if (!isAtPropertyKey || at?.kind !== "section") {
    return undefined;
  }
  const key =
    previousNode?.type === "property" || previousNode?.type === "string" ? previousNode : undefined;
  const end = key === undefined ? offset : key.offset + key.length;
  return {
    kind: at.section.kind,
    within: at.within,
    name: keys.at(-1) ?? "",
    key,
    hasValue: /^\s*:/u.test(text.slice(end, end + 200)),
  };
}

/** The names that the section has in the text. */
function namesPresent(
  { shape }: ResourceDocument,
  text: string,
  { kind, within }: NameAt,
): ReadonlySet<string> {
  const root = readDocument(text, shape);
  const part = within === undefined ? root : partIn(root, within);
  return new Set(part?.sections.get(sectionKey(kind))?.keys());
}

function rangeOf(
  document: vscode.TextDocument,
  position: vscode.Position,
  { key }: NameAt,
): vscode.Range {
  if (key === undefined) {
    return new vscode.Range(position, position);
  }
  return new vscode.Range(
    document.positionAt(key.offset),
    document.positionAt(key.offset + key.length),
  );
}

function completion(
  name: string,
  index: number,
  {
    range,
    kind,
    hasValue,
  }: { readonly range: vscode.Range; readonly kind: PartKind; readonly hasValue: boolean },
): vscode.CompletionItem {
  const key = JSON.stringify(name);
  const item = new vscode.CompletionItem(escapeLabel(name), vscode.CompletionItemKind.Property);
  item.range = range;
  item.filterText = key;
  item.sortText = String(index).padStart(6, "0");
  item.insertText = hasValue ? key : snippet(key, kind);
  return item;
}

/** The entry as it is without overrides. */
function snippet(key: string, kind: PartKind): vscode.SnippetString {
  const text = new vscode.SnippetString();
  if (kind === "mapping") {
    return text
      .appendText(`${key}: {\n  "default_disabled": `)
      .appendPlaceholder("false")
      .appendText(',\n  "on_behalf": ')
      .appendPlaceholder("true")
      .appendText("\n}");
  }
  return text.appendText(`${key}: { "enabled": `).appendPlaceholder("true").appendText(" }");
}
