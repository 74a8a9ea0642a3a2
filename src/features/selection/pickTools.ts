import * as vscode from "vscode";
import { numberText } from "../../base/numbers.ts";
import type { Catalogue, ExposedCapability } from "../../domain/catalogue/serverCatalogue.ts";
import type { DefinitionChange } from "../../domain/review/changes.ts";
import { parseQuery, select } from "../../domain/selection/query.ts";
import { capabilityParts } from "../../domain/servers/words.ts";
import { escapeItem, escapeLabel } from "../../editor/escape.ts";
import type { AppContext } from "../app.ts";
import {
  byCostButton,
  byNameButton,
  capabilityIcon,
  costliestFirst,
  tokensInWords,
  toolTokens,
} from "../display/index.ts";
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
export function pickTools(
  app: AppContext,
  all: readonly Candidate[],
  { byCost = false } = {},
): Promise<readonly Candidate[] | undefined> {
  const list = vscode.window.createQuickPick<Item>();
  const facts = factsOf(app);
  const { cost } = facts;
  let isByCost = byCost;
  let unlisted: readonly Candidate[] = [];
  const draw = (): void => {
    list.buttons = [isByCost ? byNameButton() : byCostButton()];
    const text = list.value.trim();
    const parsed = parseQuery(text);
    const found = "problem" in parsed ? parsed : select(parsed.query, all, facts);
    if ("problem" in found) {
      unlisted = [];
      list.title = escapeLabel(found.problem);
      list.items = [];
      return;
    }
    const selected = isByCost ? costliestFirst(found.selected, cost) : found.selected;
    const items = selected.slice(0, MOST).map((candidate) => itemOf(candidate, cost(candidate)));
    unlisted = text === "" ? [] : selected.slice(MOST);
    list.title = titleOf(selected.length, all.length, unlisted.length);
    list.items = items;
    list.selectedItems = text === "" ? [] : items;
  };
  /** Keeps what is ticked, because nobody has typed anything. */
  const redraw = (): void => {
    const ticked = new Set(list.selectedItems.map(({ candidate }) => candidate));
    draw();
    list.selectedItems = list.items.filter(({ candidate }) => ticked.has(candidate));
  };
  list.canSelectMany = true;
  list.ignoreFocusOut = true;
  list.placeholder = vscode.l10n.t(
    "Words, get_*, /an expression/, is:off, is:overridden, is:read-only, is:destructive, is:open-world, is:unannotated, is:new, is:changed, cost:>500",
  );
  // Not in the API. Without it VS Code sorts the entries whose labels match to the top.
  Reflect.set(list, "sortByLabel", false);
  list.onDidChangeValue(draw);
  list.onDidTriggerButton(() => {
    isByCost = !isByCost;
    redraw();
  });
  const counting = app.costs.onDidChange(() => redraw());
  draw();
  return new Promise((resolve) => {
    list.onDidAccept(() => {
      resolve([...list.selectedItems.map(({ candidate }) => candidate), ...unlisted]);
      list.dispose();
    });
    list.onDidHide(() => {
      counting.dispose();
      resolve(undefined);
      list.dispose();
    });
    list.show();
  });
}

function titleOf(found: number, all: number, unlisted: number): string {
  const count = vscode.l10n.t("Select tools: {0} of {1}", numberText(found), numberText(all));
  return unlisted === 0
    ? count
    : vscode.l10n.t(
        "{0}, of which {1} are selected without being listed",
        count,
        numberText(unlisted),
      );
}

/** What a query asks of candidates beside their definitions. */
export function factsOf({ costs, reviews }: AppContext) {
  const known = new Map<readonly DefinitionChange[], ReadonlyMap<string, Waiting>>();
  return {
    /** The tokens; undefined where they aren't counted, and for a prompt. */
    cost: ({ of: { target }, shown }: Candidate): number | undefined =>
      toolTokens(costs, target.accountId, shown),
    /** How it differs from what somebody accepted. */
    waiting: ({ of: { target }, shown }: Candidate): Waiting | undefined => {
      const changes = reviews.snapshot.of(target);
      const waiting = known.get(changes) ?? waitingOf(changes);
      known.set(changes, waiting);
      return waiting.get(`${shown.kind}:${shown.name}`);
    },
  };
}

type Waiting = "new" | "changed";

function waitingOf(changes: readonly DefinitionChange[]): ReadonlyMap<string, Waiting> {
  const there = changes.filter(({ how }) => how !== "removed");
  return new Map(
    there.map(({ kind, name, how }) => [`${kind}:${name}`, how === "changed" ? how : "new"]),
  );
}

function itemOf(candidate: Candidate, tokens: number | undefined): Item {
  const { shown, place } = candidate;
  return escapeItem({
    label: shown.label,
    description: [
      ...(tokens === undefined ? [] : [tokensInWords(tokens)]),
      place,
      ...capabilityParts(shown),
    ].join(" · "),
    iconPath: capabilityIcon(shown.kind),
    // The query filters the list, and not VS Code.
    alwaysShow: true,
    candidate,
  });
}
