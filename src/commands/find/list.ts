import * as vscode from "vscode";
import type { CapabilityTarget, ServerAddress } from "../../contributions.ts";
import { Search } from "../../model/search/search.ts";
import type { Server } from "../../model/server/server.ts";
import { type AccountState, shownAccounts } from "../../store/state.ts";
import type { App } from "../app.ts";
import { saveChanges } from "../saving/saveChanges.ts";
import { type FindItem, isSame, itemOf } from "./items.ts";

/** More are never read; a longer list would only take longer to reach the screen. */
const MOST = 200;

/** The list while it is open. What it shows follows the state. */
export class FindList {
  readonly #app: App;
  readonly #pick = vscode.window.createQuickPick<FindItem>();
  readonly #subscriptions: readonly vscode.Disposable[];
  /** Undefined when servers have changed since it was made. */
  #search: Search | undefined;
  #shown: readonly Server[] = [];
  /** While an action asks something in the list's place. */
  #isAway = false;
  #isStale = false;
  #end: (target: CapabilityTarget | undefined) => void = () => undefined;

  constructor(app: App, query: string) {
    this.#app = app;
    this.#pick.placeholder = vscode.l10n.t("Name, server or description");
    this.#pick.value = query;
    // Not in the API: without it VS Code puts the labels with the query in them first, by alphabet.
    Reflect.set(this.#pick, "sortByLabel", false);
    this.#subscriptions = [
      app.store.onDidChange(() => this.#follow()),
      app.problems.onDidChange((changed) => {
        if (changed.some((address) => this.#isShown(address))) this.#redrawSoon();
      }),
      this.#pick.onDidChangeValue(() => this.#draw()),
      this.#pick.onDidTriggerItemButton(({ item, button }) => void this.#act(item, button)),
      this.#pick.onDidAccept(() => {
        const [picked] = this.#pick.activeItems;
        if (picked !== undefined) this.#end(picked.target);
      }),
      this.#pick.onDidHide(() => {
        if (!this.#isAway) this.#end(undefined);
      }),
    ];
  }

  /** What was picked; undefined when the list was dismissed. */
  async ask(): Promise<CapabilityTarget | undefined> {
    const answer = new Promise<CapabilityTarget | undefined>((resolve) => {
      this.#end = resolve;
    });
    this.#draw();
    this.#pick.show();
    const target = await answer;
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#pick.dispose();
    return target;
  }

  /** A thousand servers may be syncing: the list is drawn anew for those that are on it. */
  #follow(): void {
    this.#search = undefined;
    const servers = this.#servers();
    if (this.#shown.some((server) => !servers.has(server))) this.#redrawSoon();
  }

  #isShown({ accountId, serverId }: ServerAddress): boolean {
    const server = this.#app.problems.server({ accountId, serverId });
    return server !== undefined && this.#shown.includes(server);
  }

  /** However much changes in one turn, it is drawn once. */
  #redrawSoon(): void {
    if (this.#isStale) return;
    this.#isStale = true;
    queueMicrotask(() => {
      this.#isStale = false;
      this.#redraw();
    });
  }

  /** Whoever looks at an entry, or has its buttons under the mouse, keeps it there. */
  #redraw(): void {
    const [active] = this.#pick.activeItems;
    this.#pick.keepScrollPosition = true;
    this.#draw();
    this.#pick.keepScrollPosition = false;
    const again = active && this.#pick.items.find(({ target }) => isSame(target, active.target));
    if (again !== undefined) this.#pick.activeItems = [again];
  }

  #draw(): void {
    const servers = this.#servers();
    this.#search ??= new Search(servers.keys());
    const query = this.#pick.value;
    const { best, count } = this.#search.find(query, MOST);
    const several = shownAccounts(this.#app.store.state).length > 1;
    this.#shown = best.map(({ server }) => server);
    this.#pick.title = titleOf(best.length, count, query);
    this.#pick.items = best.flatMap((found) => {
      const account = servers.get(found.server);
      if (account === undefined) return [];
      return [itemOf({ ...found, account, several, query }, this.#app.problems)];
    });
  }

  async #act({ target, buttons }: FindItem, pressed: vscode.QuickInputButton): Promise<void> {
    const action = buttons.find((button) => button === pressed);
    if (action?.kind === "does") await action.run(this.#app, target);
    if (action?.kind !== "asks") return;
    const change = await this.#away(() => action.ask(this.#app, target));
    if (change !== undefined) await saveChanges(this.#app, [change]);
  }

  /** The list comes back whatever becomes of what is asked in its place. */
  async #away<T>(ask: () => Promise<T>): Promise<T> {
    this.#isAway = true;
    try {
      return await ask();
    } finally {
      this.#isAway = false;
      // What was asked took the entries off the screen.
      this.#redraw();
      this.#pick.show();
    }
  }

  /** Every server on screen, and whose it is. */
  #servers(): ReadonlyMap<Server, AccountState> {
    return new Map(
      shownAccounts(this.#app.store.state).flatMap((account) =>
        [...account.servers.values()].map(({ server }) => [server, account] as const),
      ),
    );
  }
}

function titleOf(shown: number, count: number, query: string): string {
  if (count === 0 && query !== "") return vscode.l10n.t("Find Tool or Prompt: nothing found");
  if (shown === count) return vscode.l10n.t("Find Tool or Prompt");
  const number = (value: number): string => value.toLocaleString(vscode.env.language);
  return vscode.l10n.t(
    "Find Tool or Prompt: {0} of {1}, keep typing",
    number(shown),
    number(count),
  );
}
