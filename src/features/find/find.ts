import * as vscode from "vscode";
import { numberText } from "../../base/numbers.ts";
import { NO_FILTER } from "../../domain/filter.ts";
import { excerptOf, Search, type Searched } from "../../domain/search.ts";
import type { Server } from "../../domain/servers/server.ts";
import { capabilityParts, errorsAndWarnings, statusInWords } from "../../domain/servers/words.ts";
import { escapeLabel } from "../../editor/escape.ts";
import { type AccountState, findServer, shownAccounts } from "../../engine/state.ts";
import type { CommandArguments, LayeredTarget, PortalTarget, ServerAddress } from "../../target.ts";
import {
  byCostButton,
  byNameButton,
  capabilityIcon,
  costliestFirst,
  countFindings,
  findingsOfRow,
  tokensInWords,
  toolTokens,
} from "../display/index.ts";
import { saveCapabilityEdit } from "../edits/index.ts";
import type { Findings, ProblemsContext } from "../problems/index.ts";
import type { ServersContext } from "../servers/index.ts";
import { isPortalRowVisible, isVisible, treeContextOf } from "../targets/index.ts";
import { completeStep } from "../walkthrough.ts";
import { type Action, actionsOf } from "./actions.ts";
import { type InPortal, portalsInWords } from "./inPortals.ts";

/** The context of Find, which shows the picked row in the tree. */
export interface FindContext extends ProblemsContext, ServersContext {
  readonly findings: Findings;
  readonly portalsView: { reveal(row: PortalTarget): Promise<void> };
}

/** A list of all tools and prompts on screen. Picking one reveals it in the tree. */
export async function find(app: FindContext, { text }: CommandArguments): Promise<void> {
  const list = new FindList(app, text ?? "");
  const target = await list.ask();
  if (target === undefined) {
    return;
  }
  completeStep("explored");
  if (target.portalId !== undefined) {
    if (!isPortalRowVisible(treeContextOf(app), target)) {
      app.store.filter(NO_FILTER);
    }
    await app.portalsView.reveal(target);
    return;
  }
  if (!isVisible(treeContextOf(app), target)) {
    app.store.filter(NO_FILTER);
  }
  await app.serversView.reveal(target);
}

/** Most entries. Nobody reads more, and a longer list takes longer to draw. */
const MOST = 100;

/** What is found, with the accounts and portals in which it is. */
interface SearchedNow {
  readonly search: Search;
  readonly servers: ReadonlyMap<Server, AccountState>;
  readonly mappings: ReadonlyMap<Server, readonly InPortal[]>;
}

/** The open list. It follows the state. */
class FindList {
  readonly #app: FindContext;
  readonly #pick = vscode.window.createQuickPick<FindItem>();
  readonly #subscriptions: readonly vscode.Disposable[];
  /** Undefined when servers or portals have changed since it was made. */
  #searched: SearchedNow | undefined;
  #shown: readonly Server[] = [];
  /** The portals as the list was drawn. */
  #portals: readonly unknown[] = [];
  /** True while an action shows an input in place of the list. */
  #isAway = false;
  #isStale = false;
  #isByCost = false;
  #end: (target: LayeredTarget | undefined) => void = () => undefined;

  constructor(app: FindContext, query: string) {
    this.#app = app;
    this.#pick.placeholder = vscode.l10n.t("Name, server or description");
    this.#pick.value = query;
    // Not in the API. Without it VS Code sorts the entries whose labels match to the top.
    Reflect.set(this.#pick, "sortByLabel", false);
    this.#subscriptions = [
      app.costs.onDidChange(() => this.#isByCost && this.#redrawSoon()),
      this.#pick.onDidTriggerButton(() => {
        this.#isByCost = !this.#isByCost;
        this.#offerOrder();
        this.#draw();
      }),
      app.store.onDidChange(() => this.#follow()),
      app.findings.onDidChange((changed) => {
        if (changed.portals.length > 0 || changed.servers.some((each) => this.#isShown(each))) {
          this.#redrawSoon();
        }
      }),
      this.#pick.onDidChangeValue(() => this.#draw()),
      this.#pick.onDidTriggerItemButton(({ item, button }) => void this.#act(item, button)),
      this.#pick.onDidAccept(() => {
        const picked = this.#picked();
        if (picked !== undefined) {
          this.#end(picked.target);
        }
      }),
      this.#pick.onDidHide(() => {
        if (!this.#isAway) {
          this.#end(undefined);
        }
      }),
    ];
  }

  /** Resolves with the picked entry, or with undefined when the list was dismissed. */
  async ask(): Promise<LayeredTarget | undefined> {
    const answer = new Promise<LayeredTarget | undefined>((resolve) => {
      this.#end = resolve;
    });
    this.#offerOrder();
    this.#draw();
    this.#pick.show();
    const target = await answer;
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
    this.#pick.dispose();
    return target;
  }

  /** A thousand servers may be syncing, so only servers on the list cause a redraw. */
  #follow(): void {
    this.#searched = undefined;
    const servers = this.#servers();
    const portals = this.#portalCollections();
    const hasOtherPortals = portals.some((items, index) => items !== this.#portals[index]);
    if (hasOtherPortals || this.#shown.some((server) => !servers.has(server))) {
      this.#redrawSoon();
    }
  }

  #isShown({ accountId, serverId }: ServerAddress): boolean {
    const server = findServer(this.#app.store.state, accountId, serverId)?.optimistic;
    return server !== undefined && this.#shown.includes(server);
  }

  /** Redraws once for all changes of one turn. */
  #redrawSoon(): void {
    if (this.#isStale) {
      return;
    }
    this.#isStale = true;
    queueMicrotask(() => {
      this.#isStale = false;
      this.#redraw({ always: false });
    });
  }

  /**
   * Keeps the active entry and the scroll position, so that no entry or button moves under the
   * mouse.
   */
  #redraw({ always } = { always: true }): void {
    const items = this.#find();
    // Most changes of portals change no entry.
    if (!always && sameTexts(items, this.#pick.items)) {
      return;
    }
    const [active] = this.#pick.activeItems;
    this.#pick.keepScrollPosition = true;
    this.#pick.items = items;
    this.#pick.keepScrollPosition = false;
    const again = active && this.#pick.items.find(({ target }) => isSame(target, active.target));
    if (again !== undefined) {
      this.#pick.activeItems = [again];
    }
  }

  #draw(): void {
    this.#pick.items = this.#find();
  }

  /**
   * Returns the entry that Enter takes. VS Code may still name one of the list before the last key; then
   * it is the first of the new list.
   */
  #picked(): FindItem | undefined {
    const [active] = this.#pick.activeItems;
    const { items } = this.#pick;
    return items.find((item) => item === active) ?? items[0];
  }

  #offerOrder(): void {
    this.#pick.buttons = [this.#isByCost ? byNameButton() : byCostButton()];
  }

  /** The entries for what is typed. Their number is in the title. */
  #find(): readonly FindItem[] {
    const { servers, search, mappings } = this.#now();
    const query = this.#pick.value;
    const { best, count } = this.#best(search, query);
    const several = shownAccounts(this.#app.store.state).length > 1;
    this.#shown = best.map(({ server }) => server);
    this.#portals = this.#portalCollections();
    this.#pick.title = titleOf(best.length, count, query);
    return best.flatMap((found) => {
      const account = servers.get(found.server);
      if (account === undefined) {
        return [];
      }
      const portals = mappings.get(found.server) ?? [];
      const tokens = this.#isByCost ? this.#costOf(found) : undefined;
      return [itemOf({ ...found, account, several, query, portals, tokens }, this.#app.findings)];
    });
  }

  #best(search: Search, query: string): ReturnType<Search["find"]> {
    if (!this.#isByCost) {
      return search.find(query, MOST);
    }
    const { best, count } = search.find(query, Number.POSITIVE_INFINITY);
    return { best: costliestFirst(best, (each) => this.#costOf(each)).slice(0, MOST), count };
  }

  #costOf({ server, capability }: Searched): number | undefined {
    const account = this.#now().servers.get(server)?.account;
    return account && toolTokens(this.#app.costs, account.id, capability);
  }

  async #act({ target, buttons }: FindItem, pressed: vscode.QuickInputButton): Promise<void> {
    const action = buttons.find((button) => button === pressed);
    if (action?.kind === "does") {
      await action.run(this.#app, target);
    }
    if (action?.kind === "shows") {
      const shown = await this.#away(() => action.choose(this.#app, target));
      if (shown !== undefined) {
        this.#end(shown);
      }
    }
    if (action?.kind !== "asks") {
      return;
    }
    const change = await this.#away(() => action.ask(this.#app, target));
    if (change !== undefined) {
      await saveCapabilityEdit(this.#app, change);
    }
  }

  /** Shows the list again, however the input ended. */
  async #away<T>(ask: () => Promise<T>): Promise<T> {
    this.#isAway = true;
    try {
      return await ask();
    } finally {
      this.#isAway = false;
      // The input replaced the list, so it is drawn again.
      this.#redraw();
      this.#pick.show();
    }
  }

  /** Computed once for all keystrokes until something changes. */
  #now(): SearchedNow {
    this.#searched ??= this.#searchedNow();
    return this.#searched;
  }

  #searchedNow(): SearchedNow {
    const servers = this.#servers();
    const mappings = new Map<Server, InPortal[]>();
    for (const { account, collections } of shownAccounts(this.#app.store.state)) {
      for (const { optimistic: portal } of collections.portal.items.values()) {
        for (const mapping of portal.mappings.values()) {
          const server = collections.server.items.get(mapping.serverId)?.optimistic;
          if (server !== undefined) {
            const known = mappings.get(server) ?? [];
            known.push({ accountId: account.id, portal, mapping });
            mappings.set(server, known);
          }
        }
      }
    }
    const portalsOf = (server: Server) => (mappings.get(server) ?? []).map(({ portal }) => portal);
    return { servers, mappings, search: new Search(servers.keys(), portalsOf) };
  }

  #portalCollections(): readonly unknown[] {
    return shownAccounts(this.#app.store.state).map(({ collections }) => collections.portal.items);
  }

  /** All servers on screen with their accounts. */
  #servers(): ReadonlyMap<Server, AccountState> {
    return new Map(
      shownAccounts(this.#app.store.state).flatMap((account) =>
        [...account.collections.server.items.values()].map(
          ({ optimistic }) => [optimistic, account] as const,
        ),
      ),
    );
  }
}

function titleOf(shown: number, count: number, query: string): string {
  if (count === 0 && query !== "") {
    return vscode.l10n.t("Find Tool or Prompt: nothing found");
  }
  if (shown === count) {
    return vscode.l10n.t("Find Tool or Prompt");
  }
  return vscode.l10n.t(
    "Find Tool or Prompt: {0} of {1}, keep typing",
    numberText(shown),
    numberText(count),
  );
}

interface FindItem extends vscode.QuickPickItem {
  readonly target: LayeredTarget;
  readonly buttons: readonly Action[];
}

interface Found extends Searched {
  readonly account: AccountState;
  /** True when there are several accounts to tell apart. */
  readonly several: boolean;
  readonly query: string;
  /** The portals that have the server. */
  readonly portals: readonly InPortal[];
  /** What a tool costs, in a list that is ordered by it. */
  readonly tokens: number | undefined;
}

/** An entry with the facts about a tool or prompt in words. */
function itemOf(found: Found, findings: Findings): FindItem {
  const { account, several, server, portal, capability, query, portals, tokens } = found;
  const target = targetOf(found);
  const { errors, warnings } = countFindings(findingsOfRow(findings, target));
  const parts = [
    ...(tokens === undefined ? [] : [tokensInWords(tokens)]),
    ...(portal === undefined ? [] : [portal.name]),
    server.status === "ready" ? server.name : `${server.name} (${statusInWords(server)})`,
    ...(several ? [account.account.name] : []),
    ...capabilityParts(capability),
    errorsAndWarnings(errors, warnings),
    ...(portal === undefined ? portalsInWords(capability, portals) : []),
  ];
  return {
    label: escapeLabel(capability.label),
    iconPath: capabilityIcon(capability.kind),
    description: escapeLabel(parts.filter(Boolean).join(" · ")),
    detail: escapeLabel(excerptOf(capability.description ?? "", query)),
    alwaysShow: true,
    buttons: actionsOf({
      enabled: capability.enabled,
      readOnly: account.access.readOnly,
      inPortal: portal !== undefined,
      portals,
    }),
    target,
  };
}

function targetOf({ account, server, portal, capability: { kind, name } }: Found): LayeredTarget {
  const target = { kind, accountId: account.account.id, serverId: server.id, name };
  return portal === undefined ? target : { ...target, portalId: portal.id };
}

function sameTexts(one: readonly FindItem[], other: readonly FindItem[]): boolean {
  return (
    one.length === other.length &&
    one.every((item, index) => {
      const drawn = other[index];
      return (
        drawn !== undefined &&
        item.label === drawn.label &&
        item.description === drawn.description &&
        item.detail === drawn.detail &&
        isSame(item.target, drawn.target)
      );
    })
  );
}

function isSame(one: LayeredTarget, other: LayeredTarget): boolean {
  return (
    one.kind === other.kind &&
    one.accountId === other.accountId &&
    one.portalId === other.portalId &&
    one.serverId === other.serverId &&
    one.name === other.name
  );
}
