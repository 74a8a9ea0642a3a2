import * as vscode from "vscode";
import type { ExposedCapability } from "../../domain/catalogue/layers.ts";
import { NO_FILTER } from "../../domain/filter.ts";
import { excerptOf, Search } from "../../domain/search.ts";
import type { Server } from "../../domain/servers/server.ts";
import { capabilityParts, errorsAndWarnings, statusInWords } from "../../domain/servers/words.ts";
import { escapeLabel } from "../../editor/escape.ts";
import { type AccountState, findServer, shownAccounts } from "../../engine/state.ts";
import type { CapabilityTarget, CommandArguments, ServerAddress } from "../../target.ts";
import { askAlias, copyExposedName, openAtCapability } from "../capabilities/index.ts";
import { capabilityIcon } from "../display/index.ts";
import { type CapabilityEdit, saveCapabilities, saveCapabilityEdit } from "../edits/index.ts";
import type { Findings, ProblemsContext } from "../problems/index.ts";
import { countFindings, findingsOfRow } from "../problems/index.ts";
import type { ServersContext } from "../servers/index.ts";
import { isVisible, treeContextOf } from "../targets/index.ts";
import { completeStep } from "../walkthrough.ts";

/** The context of Find, which shows the picked row in the tree. */
export interface FindContext extends ProblemsContext, ServersContext {
  readonly findings: Findings;
}

/** A list of all tools and prompts on screen. Picking one reveals it in the tree. */
export async function find(app: FindContext, { text }: CommandArguments): Promise<void> {
  const list = new FindList(app, text ?? "");
  const target = await list.ask();
  if (target === undefined) {
    return;
  }
  completeStep("explored");
  if (!isVisible(treeContextOf(app), target)) {
    app.store.filter(NO_FILTER);
  }
  await app.tree.reveal(target);
}

/** Most entries. Nobody reads more, and a longer list takes longer to draw. */
const MOST = 200;

/** The open list. It follows the state. */
class FindList {
  readonly #app: FindContext;
  readonly #pick = vscode.window.createQuickPick<FindItem>();
  readonly #subscriptions: readonly vscode.Disposable[];
  /** Undefined when servers have changed since it was made. */
  #search: Search | undefined;
  #shown: readonly Server[] = [];
  /** True while an action shows an input in place of the list. */
  #isAway = false;
  #isStale = false;
  #end: (target: CapabilityTarget | undefined) => void = () => undefined;

  constructor(app: FindContext, query: string) {
    this.#app = app;
    this.#pick.placeholder = vscode.l10n.t("Name, server or description");
    this.#pick.value = query;
    // Not in the API. Without it VS Code sorts the entries whose labels match to the top.
    Reflect.set(this.#pick, "sortByLabel", false);
    this.#subscriptions = [
      app.store.onDidChange(() => this.#follow()),
      app.findings.onDidChange((changed) => {
        if (changed.servers.some((address) => this.#isShown(address))) {
          this.#redrawSoon();
        }
      }),
      this.#pick.onDidChangeValue(() => this.#draw()),
      this.#pick.onDidTriggerItemButton(({ item, button }) => void this.#act(item, button)),
      this.#pick.onDidAccept(() => {
        const [picked] = this.#pick.activeItems;
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
  async ask(): Promise<CapabilityTarget | undefined> {
    const answer = new Promise<CapabilityTarget | undefined>((resolve) => {
      this.#end = resolve;
    });
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
    this.#search = undefined;
    const servers = this.#servers();
    if (this.#shown.some((server) => !servers.has(server))) {
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
      this.#redraw();
    });
  }

  /**
   * Keeps the active entry and the scroll position, so that no entry or button moves under the
   * mouse.
   */
  #redraw(): void {
    const [active] = this.#pick.activeItems;
    this.#pick.keepScrollPosition = true;
    this.#draw();
    this.#pick.keepScrollPosition = false;
    const again = active && this.#pick.items.find(({ target }) => isSame(target, active.target));
    if (again !== undefined) {
      this.#pick.activeItems = [again];
    }
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
      if (account === undefined) {
        return [];
      }
      return [itemOf({ ...found, account, several, query }, this.#app.findings)];
    });
  }

  async #act({ target, buttons }: FindItem, pressed: vscode.QuickInputButton): Promise<void> {
    const action = buttons.find((button) => button === pressed);
    if (action?.kind === "does") {
      await action.run(this.#app, target);
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
  const number = (value: number): string => value.toLocaleString(vscode.env.language);
  return vscode.l10n.t(
    "Find Tool or Prompt: {0} of {1}, keep typing",
    number(shown),
    number(count),
  );
}

interface FindItem extends vscode.QuickPickItem {
  readonly target: CapabilityTarget;
  readonly buttons: readonly Action[];
}

interface Found {
  readonly account: AccountState;
  /** True when there are several accounts to tell apart. */
  readonly several: boolean;
  readonly server: Server;
  readonly capability: ExposedCapability;
  readonly query: string;
}

/** An entry with the facts about a tool or prompt in words. */
function itemOf(found: Found, findings: Findings): FindItem {
  const { account, several, server, capability, query } = found;
  const { kind, name } = capability;
  const target = { kind, accountId: account.account.id, serverId: server.id, name };
  const { errors, warnings } = countFindings(findingsOfRow(findings, target));
  const parts = [
    server.status === "ready" ? server.name : `${server.name} (${statusInWords(server)})`,
    ...(several ? [account.account.name] : []),
    ...capabilityParts(capability),
    errorsAndWarnings(errors, warnings),
  ];
  return {
    label: escapeLabel(capability.label),
    iconPath: capabilityIcon(kind),
    description: escapeLabel(parts.filter(Boolean).join(" · ")),
    detail: escapeLabel(excerptOf(capability.description ?? "", query)),
    alwaysShow: true,
    buttons: actionsOf(capability, account.access.readOnly),
    target,
  };
}

function isSame(one: CapabilityTarget, other: CapabilityTarget): boolean {
  return (
    one.kind === other.kind &&
    one.accountId === other.accountId &&
    one.serverId === other.serverId &&
    one.name === other.name
  );
}

/** A button of an entry. */
type Action = vscode.QuickInputButton &
  (
    | { readonly kind: "does"; run(app: FindContext, target: CapabilityTarget): Promise<void> }
    /** Shows an input in place of the list. The answer is saved once the list is back. */
    | {
        readonly kind: "asks";
        ask(app: FindContext, target: CapabilityTarget): Promise<CapabilityEdit | undefined>;
      }
  );

/** The buttons of a tool or prompt. */
function actionsOf({ enabled }: ExposedCapability, readOnly: boolean): readonly Action[] {
  return [
    ...(readOnly ? [] : [editAliasAction(), enabledAction(!enabled)]),
    openAction(),
    copyAction(),
  ];
}

function editAliasAction(): Action {
  return {
    kind: "asks",
    iconPath: new vscode.ThemeIcon("edit"),
    tooltip: vscode.l10n.t("Edit Alias…"),
    ask: (app, target) => askAlias(app, target),
  };
}

function enabledAction(enabled: boolean): Action {
  return {
    kind: "does",
    iconPath: new vscode.ThemeIcon(enabled ? "check" : "circle-slash"),
    tooltip: enabled ? vscode.l10n.t("Enable") : vscode.l10n.t("Disable"),
    run: (app, target) => saveCapabilities(app, [{ target, values: { enabled } }]),
  };
}

function openAction(): Action {
  return {
    kind: "does",
    iconPath: new vscode.ThemeIcon("go-to-file"),
    tooltip: vscode.l10n.t("Open in the Server's Document"),
    run: (app, target) => openAtCapability(app, from(target)),
  };
}

function copyAction(): Action {
  return {
    kind: "does",
    iconPath: new vscode.ThemeIcon("copy"),
    tooltip: vscode.l10n.t("Copy Exposed Name"),
    run: (app, target) => copyExposedName(app, from(target)),
  };
}

function from(target: CapabilityTarget): CommandArguments {
  return { rows: [target], text: undefined, accountIds: [target.accountId] };
}
