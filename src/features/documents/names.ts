import { getLocation } from "jsonc-parser";
import * as vscode from "vscode";
import type { CapabilityKind } from "../../domain/catalogue/capability.ts";
import { catalogueOf, type ExposedCapability } from "../../domain/catalogue/layers.ts";
import { namesOf } from "../../domain/documents/check.ts";
import { readDocument } from "../../domain/documents/parse.ts";
import type { Server } from "../../domain/servers/server.ts";
import { escapeLabel } from "../../editor/escape.ts";
import { findServer } from "../../engine/state.ts";
import type { ReadonlyStore } from "../../engine/store.ts";
import { capabilityTooltip } from "../display/index.ts";
import { parseServerUri } from "./openDocuments.ts";

/** Completes and explains the names of tools and prompts, which no static schema can know. */
export class NameProvider implements vscode.CompletionItemProvider, vscode.HoverProvider {
  readonly #store: ReadonlyStore;
  /** The proposed items, so that the documentation is made only for the one that is selected. */
  readonly #proposed = new WeakMap<vscode.CompletionItem, ExposedCapability>();

  constructor(store: ReadonlyStore) {
    this.#store = store;
  }

  provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): vscode.CompletionItem[] {
    const server = this.#serverOf(document);
    const text = document.getText();
    const at = nameAt(text, document.offsetAt(position));
    if (server === undefined || at === undefined) {
      return [];
    }
    const present = readDocument(text).sections[at.kind];
    const range = rangeOf(document, position, at);
    return [...namesOf(at.kind, server)]
      .filter((name) => name === at.name || present?.has(name) !== true)
      .map((name, index) => {
        const item = completion(name, index, { range, hasValue: at.hasValue });
        const shown = catalogueOf(server).find(at.kind, name);
        if (shown !== undefined) {
          this.#proposed.set(item, shown);
        }
        return item;
      });
  }

  resolveCompletionItem(item: vscode.CompletionItem): vscode.CompletionItem {
    const shown = this.#proposed.get(item);
    if (shown !== undefined) {
      item.documentation = capabilityTooltip(shown);
    }
    return item;
  }

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const server = this.#serverOf(document);
    const at = nameAt(document.getText(), document.offsetAt(position));
    if (server === undefined || at?.key === undefined) {
      return undefined;
    }
    const shown = catalogueOf(server).find(at.kind, at.name);
    return shown && new vscode.Hover(capabilityTooltip(shown), rangeOf(document, position, at));
  }

  #serverOf({ uri }: vscode.TextDocument): Server | undefined {
    const address = parseServerUri(uri);
    return (
      address && findServer(this.#store.state, address.accountId, address.serverId)?.optimistic
    );
  }
}

interface NameAt {
  readonly kind: CapabilityKind;
  readonly name: string;
  /** The existing key; undefined where there is none yet. */
  readonly key: { readonly offset: number; readonly length: number } | undefined;
  /** True where a value follows the key. */
  readonly hasValue: boolean;
}

/** The name of a tool or prompt at an offset, or the place for one. */
function nameAt(text: string, offset: number): NameAt | undefined {
  const { path, isAtPropertyKey, previousNode } = getLocation(text, offset);
  const [section, name] = path;
  if (!isAtPropertyKey || path.length !== 2 || (section !== "tools" && section !== "prompts")) {
    return undefined;
  }
  const key =
    previousNode?.type === "property" || previousNode?.type === "string" ? previousNode : undefined;
  const end = key === undefined ? offset : key.offset + key.length;
  return {
    kind: section === "tools" ? "tool" : "prompt",
    name: String(name ?? ""),
    key,
    hasValue: /^\s*:/u.test(text.slice(end, end + 200)),
  };
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
  { range, hasValue }: { readonly range: vscode.Range; readonly hasValue: boolean },
): vscode.CompletionItem {
  const key = JSON.stringify(name);
  const item = new vscode.CompletionItem(escapeLabel(name), vscode.CompletionItemKind.Property);
  item.range = range;
  item.filterText = key;
  item.sortText = String(index).padStart(6, "0");
  item.insertText = hasValue
    ? key
    : new vscode.SnippetString()
        .appendText(`${key}: { "enabled": `)
        .appendPlaceholder("true")
        .appendText(" }");
  return item;
}
