import * as vscode from "vscode";
import { Emitter } from "../../base/emitter.ts";
import { hasSameItems } from "../../base/memo.ts";
import { costView } from "../../domain/cost/composeCostView.ts";
import { NO_FILTER } from "../../domain/filter.ts";
import type { PageContent } from "../../editor/pages.ts";
import { isReadOnly, type State } from "../../engine/state.ts";
import type { CostSubject, KnownCalls, ToExtension, ToPage } from "../../pages/cost/protocol.ts";
import type { LayeredTarget, PortalTarget, Target } from "../../target.ts";
import type { AppContext } from "../app.ts";
import { saveCapabilities } from "../edits/index.ts";
import { findCapability, isPortalRowVisible, isVisible, treeContextOf } from "../targets/index.ts";
import { type CostedThing, costedThing, toolTarget } from "./costGroups.ts";
import { ToolCallCounts } from "./toolCallCounts.ts";

interface RevealOptions {
  readonly select: boolean;
  readonly focus: boolean;
}

/** The context of the page, which selects tools in the trees. */
export interface CostContext extends AppContext {
  readonly serversView: { reveal(row: Target, how?: RevealOptions): Promise<void> };
  readonly portalsView: { reveal(row: PortalTarget, how?: RevealOptions): Promise<void> };
}

/** What a message was composed from. */
interface Composed {
  readonly inputs: readonly unknown[];
  readonly message: ToPage;
}

/** The page of what an account, a portal or a server costs. */
export class CostContent implements PageContent<ToPage, ToExtension> {
  readonly #app: CostContext;
  readonly #subject: CostSubject;
  readonly #calls: ToolCallCounts;
  readonly #callsChanged = new Emitter<void>();
  /** Grows with each count of tokens. */
  #counted = 0;
  #composed: Composed | undefined;
  /** Where it is gone, the title stays. */
  #name = "";
  readonly onDidChange: PageContent<ToPage, ToExtension>["onDidChange"];

  constructor(app: CostContext, subject: CostSubject) {
    this.#app = app;
    this.#subject = subject;
    this.#calls = new ToolCallCounts(
      () => app.sessions.get(subject.accountId),
      () => this.#callsChanged.fire(),
    );
    this.onDidChange = (listener) => this.#listen(listener);
  }

  get title(): string {
    this.#name = costedThing(this.#app.store.state, this.#subject)?.name ?? this.#name;
    return vscode.l10n.t({
      message: "{0}: Context Cost",
      args: [this.#name],
      comment: ["The title of a tab: a portal, a server or an account, and what it costs"],
    });
  }

  compose(): ToPage {
    const { state } = this.#app.store;
    const thing = costedThing(state, this.#subject);
    if (thing === undefined) {
      return isLoading(state, this.#subject) ? LOADING : GONE;
    }
    const canChange = !isReadOnly(state, this.#subject.accountId);
    const calls = this.#calls.of(thing.groups.map(({ serverId }) => serverId));
    const { name, codeMode, groups } = thing;
    const tools = groups.flatMap((group) => [group.name, group.tools]);
    const inputs = [name, codeMode, canChange, calls, this.#counted, ...tools];
    if (this.#composed === undefined || !hasSameItems(this.#composed.inputs, inputs)) {
      this.#composed = { inputs, message: this.#message(thing, canChange, calls) };
    }
    return this.#composed.message;
  }

  async receive(message: ToExtension): Promise<void> {
    switch (message.type) {
      case "reveal":
        await this.#reveal(toolTarget(this.#subject, message.tool), message.focus);
        return;
      case "setEnabled": {
        const { enabled } = message;
        const targets = message.tools
          .map((id) => toolTarget(this.#subject, id))
          // A sync may have removed it since.
          .filter((target) => findCapability(this.#app, target) !== undefined);
        await saveCapabilities(
          this.#app,
          targets.map((target) => ({ target, values: { enabled } })),
        );
        return;
      }
    }
  }

  #listen(listener: () => void): { dispose(): void } {
    const { store, costs } = this.#app;
    const subscriptions = [
      store.onDidChange(listener),
      this.#callsChanged.event(listener),
      costs.onDidChange((accountId) => {
        if (accountId === this.#subject.accountId) {
          this.#counted += 1;
          listener();
        }
      }),
    ];
    return {
      dispose: () => {
        for (const each of subscriptions) {
          each.dispose();
        }
      },
    };
  }

  #message({ name, groups, codeMode }: CostedThing, canChange: boolean, calls: KnownCalls): ToPage {
    const { kind, accountId } = this.#subject;
    const view = costView(groups, kind === "portal", this.#app.costs.counts(accountId));
    return { type: "cost", name, kind, canChange, codeMode, view, calls };
  }

  /** A click on the page leaves the filter alone; a key that asks for the row takes it away. */
  async #reveal(target: LayeredTarget, focus: boolean): Promise<void> {
    if (findCapability(this.#app, target) === undefined) {
      return;
    }
    const context = treeContextOf(this.#app);
    const isShown =
      target.portalId === undefined
        ? isVisible(context, target)
        : isPortalRowVisible(context, target);
    if (!isShown && !focus) {
      return;
    }
    if (!isShown) {
      this.#app.store.filter(NO_FILTER);
    }
    const how = { select: true, focus };
    await (target.portalId === undefined
      ? this.#app.serversView.reveal(target, how)
      : this.#app.portalsView.reveal(target, how));
  }
}

const LOADING: ToPage = { type: "missing", because: "loading" };
const GONE: ToPage = { type: "missing", because: "gone" };

/** True while what the page is about may still come. */
function isLoading({ restored, accounts }: State, { accountId, kind }: CostSubject): boolean {
  const account = accounts.get(accountId);
  if (account === undefined) {
    return !restored;
  }
  return kind !== "account" && account.collections[kind].load.kind === "loading";
}
