import * as vscode from "vscode";
import type { Catalogue, ExposedCapability } from "../../domain/catalogue/layers.ts";
import { parseQuery, select } from "../../domain/selection/query.ts";
import { capabilityParts } from "../../domain/servers/words.ts";
import { escapeItem, escapeLabel } from "../../editor/escape.ts";
import { capabilityIcon } from "../display/index.ts";
import type { FoundCapability } from "../targets/index.ts";

/** A tool or prompt that can be selected. */
export interface Candidate {
  readonly of: FoundCapability;
  readonly shown: ExposedCapability;
  /** All among which its name has to be unique. */
  readonly beside: Catalogue;
  /** The server in words, and the portal where it is about one. */
  readonly place: string;
}

interface Item extends vscode.QuickPickItem {
  readonly candidate: Candidate;
}

/** Most entries, because drawing more takes too long. What isn't listed is selected all the same. */
const MOST = 1000;

/**
 * A list whose text is a query. What meets it is listed and ticked, and can be unticked. Undefined
 * when it was dismissed.
 */
export function pickTools(all: readonly Candidate[]): Promise<readonly Candidate[] | undefined> {
  const list = vscode.window.createQuickPick<Item>();
  let unlisted: readonly Candidate[] = [];
  const draw = (): void => {
    const text = list.value.trim();
    const parsed = parseQuery(text);
    const found = "problem" in parsed ? parsed : select(parsed.query, all);
    if ("problem" in found) {
      unlisted = [];
      list.title = escapeLabel(found.problem);
      list.items = [];
      return;
    }
    const { selected } = found;
    const items = selected.slice(0, MOST).map(itemOf);
    unlisted = text === "" ? [] : selected.slice(MOST);
    list.title = titleOf(selected.length, all.length, unlisted.length);
    list.items = items;
    list.selectedItems = text === "" ? [] : items;
  };
  list.canSelectMany = true;
  list.ignoreFocusOut = true;
  list.placeholder = vscode.l10n.t(
    "Words, get_*, /an expression/, is:off, is:overridden, is:read-only, is:destructive, is:open-world, is:unannotated",
  );
  // Not in the API. Without it VS Code sorts the entries whose labels match to the top.
  Reflect.set(list, "sortByLabel", false);
  list.onDidChangeValue(draw);
  draw();
  return new Promise((resolve) => {
    list.onDidAccept(() => {
      resolve([...list.selectedItems.map(({ candidate }) => candidate), ...unlisted]);
      list.dispose();
    });
    list.onDidHide(() => {
      resolve(undefined);
      list.dispose();
    });
    list.show();
  });
}

function titleOf(found: number, all: number, unlisted: number): string {
  const count = vscode.l10n.t("Select tools: {0} of {1}", found, all);
  return unlisted === 0
    ? count
    : vscode.l10n.t("{0}, of which {1} are selected without being listed", count, unlisted);
}

function itemOf(candidate: Candidate): Item {
  const { shown, place } = candidate;
  return escapeItem({
    label: shown.label,
    description: [place, ...capabilityParts(shown)].join(" · "),
    iconPath: capabilityIcon(shown.kind),
    // The query filters the list, and not VS Code.
    alwaysShow: true,
    candidate,
  });
}
