import * as vscode from "vscode";
import { reportUncaught } from "../../base/async.ts";
import { Emitter } from "../../base/emitter.ts";
import { hasSameItems } from "../../base/memo.ts";
import { isCancelled } from "../../domain/apiError.ts";
import { exposedName } from "../../domain/catalogue/names.ts";
import { CLIENTS } from "../../domain/clients/clientIds.ts";
import { PORTAL, type Portal } from "../../domain/portals/portal.ts";
import type { Found, KnownFacts, ReachQuestion, VsCodeSession } from "../../domain/reach/chain.ts";
import { type Reach, walkChain } from "../../domain/reach/walkChain.ts";
import type { PageContent } from "../../editor/pages.ts";
import { lookAround } from "../../engine/reach/explain.ts";
import { findPortal, findServer, type State } from "../../engine/state.ts";
import type {
  ReachSubject,
  ShownQuestion,
  ToExtension,
  ToPage,
} from "../../pages/reach/protocol.ts";
import type { AppContext } from "../app.ts";
import { act, isOutside } from "./actions.ts";
import { shownChain } from "./shownChain.ts";

/** What a message was composed from. */
interface Composed {
  readonly inputs: readonly unknown[];
  readonly reach: Reach | undefined;
  readonly message: ToPage;
}

const NO_QUESTION: ShownQuestion = { email: "", serviceToken: "", client: "" };

/**
 * The page of why users don't see something. What surrounds the portal is read when it is opened, when
 * the portal gets another host and when somebody asks for it; the portal and its servers follow what is
 * on screen.
 */
export class ReachContent implements PageContent<ToPage, ToExtension> {
  readonly #app: AppContext;
  readonly #subject: ReachSubject;
  readonly #looked = new Emitter<void>();
  #surroundings: KnownFacts | undefined;
  /** The host that was looked at last. */
  #host: string | undefined;
  #question = NO_QUESTION;
  /** Ends the look that a newer one replaces. */
  #looking: AbortController | undefined;
  #composed: Composed | undefined;
  /** Where it is gone, the title stays. */
  #name = "";
  readonly onDidChange: PageContent<ToPage, ToExtension>["onDidChange"];

  constructor(app: AppContext, subject: ReachSubject) {
    this.#app = app;
    this.#subject = subject;
    this.onDidChange = (listener) => this.#listen(listener);
  }

  get title(): string {
    const portal = findPortal(this.#app.store.state, this.#subject)?.optimistic;
    this.#name = portal === undefined ? this.#name : this.#nameIn(portal);
    return vscode.l10n.t({
      message: "{0}: Why Can't They See It?",
      args: [this.#name],
      comment: ["The title of a tab: a portal, a server of it or a tool"],
    });
  }

  compose(): ToPage {
    const { state } = this.#app.store;
    const portal = findPortal(state, this.#subject)?.optimistic;
    if (portal === undefined) {
      return isLoading(state, this.#subject) ? LOADING : GONE;
    }
    // Once: a look that was ended, by a sign-out for example, would be ended again.
    if (this.#host !== portal.hostname) {
      this.#host = portal.hostname;
      this.#look({ probe: false });
    }
    return this.#compose(portal).message;
  }

  async receive(message: ToExtension): Promise<void> {
    switch (message.type) {
      case "ask":
        this.#question = message.question;
        this.#looked.fire();
        return;
      case "look":
        this.#lookAgain();
        return;
      case "act": {
        const link = this.#composed?.reach?.links.find(({ id }) => id === message.link);
        const found = link?.found[message.found];
        if (found !== undefined) {
          await this.#act(found, message.does);
        }
        return;
      }
    }
  }

  async #act(found: Found, does: "create" | "act"): Promise<void> {
    const { action } = found;
    if (does === "create") {
      const { createMissing } = await import("./createMissing.ts");
      if (await createMissing(this.#app, this.#subject, found)) {
        this.#lookAgain();
      }
    } else if (action?.kind === "probe") {
      this.#look({ probe: true });
    } else if (action !== undefined && isOutside(action)) {
      await act(this.#subject, action);
    }
  }

  #compose(portal: Portal): Composed {
    const { accountId, serverId } = this.#subject;
    const { state } = this.#app.store;
    const ids = [...portal.mappings.keys(), ...(serverId === undefined ? [] : [serverId])];
    const servers = new Map(
      ids.map((id) => [id, findServer(state, accountId, id)?.optimistic] as const),
    );
    const surroundings = this.#surroundingsOf(portal);
    const isLooking = this.#looking !== undefined;
    const session = this.#session();
    const inputs = [
      ...[portal, ...servers.values(), surroundings, this.#question, isLooking],
      ...[session?.startedAt, session?.changedAt],
    ];
    if (this.#composed !== undefined && hasSameItems(this.#composed.inputs, inputs)) {
      return this.#composed;
    }
    const serverOf = (id: string) => servers.get(id);
    const reach =
      surroundings &&
      walkChain({ ...surroundings, portal, serverOf, session }, this.#questionOfChain());
    const message = shownChain({
      heading: this.#heading(portal),
      reach,
      surroundings,
      isLooking,
      question: this.#question,
    });
    this.#composed = { inputs, reach, message };
    return this.#composed;
  }

  /** Those of a host that it no longer has would be told of the new one. */
  #surroundingsOf({ hostname }: Portal): KnownFacts | undefined {
    return this.#surroundings?.hostname === hostname ? this.#surroundings : undefined;
  }

  #session(): VsCodeSession | undefined {
    const startedAt = this.#app.connected.startedAt(this.#subject);
    const changedAt = this.#app.reviews.snapshot.reconnectOf?.(this.#subject)?.at;
    return startedAt === undefined ? undefined : { startedAt, changedAt };
  }

  #questionOfChain(): ReachQuestion {
    const { email, serviceToken, client } = this.#question;
    const { serverId, tool } = this.#subject;
    return {
      serverId,
      tool,
      email: email.trim() || undefined,
      serviceToken: serviceToken.trim() || undefined,
      client: CLIENTS.find((id) => id === client),
    };
  }

  #lookAgain(): void {
    this.#look({ probe: this.#surroundings?.probe !== undefined });
  }

  #look(options: { readonly probe: boolean }): void {
    this.#looking?.abort();
    const looking = new AbortController();
    this.#looking = looking;
    this.#read(looking, options).catch(reportUncaught);
    this.#looked.fire();
  }

  async #read(looking: AbortController, { probe }: { readonly probe: boolean }): Promise<void> {
    const { accountId } = this.#subject;
    const session = this.#app.sessions.get(accountId);
    const portal = findPortal(this.#app.store.state, this.#subject)?.optimistic;
    try {
      if (session !== undefined && portal !== undefined) {
        const { signal } = looking;
        const options = { probe, signal };
        const api = session.surroundings;
        const surroundings = await lookAround(api, portal, this.#subject, options);
        this.#surroundings = { ...surroundings, hostname: portal.hostname };
        session.knownSurroundings.learn(portal, surroundings);
      }
    } catch (error) {
      if (!isCancelled(error)) {
        throw error;
      }
    } finally {
      if (this.#looking === looking) {
        this.#looking = undefined;
        this.#looked.fire();
      }
    }
  }

  #heading(portal: Portal): string {
    const { serverId } = this.#subject;
    const name = this.#nameIn(portal);
    return serverId === undefined
      ? vscode.l10n.t("Why can't they see {0}?", name)
      : vscode.l10n.t("Why can't they see {0} in {1}?", name, portal.name);
  }

  #nameIn(portal: Portal): string {
    const { accountId, serverId, tool } = this.#subject;
    if (serverId === undefined) {
      return portal.name;
    }
    return tool === undefined
      ? (findServer(this.#app.store.state, accountId, serverId)?.optimistic.name ?? serverId)
      : exposedName(serverId, tool.name);
  }

  #listen(listener: () => void): { dispose(): void } {
    const subscriptions = [this.#app.store.onDidChange(listener), this.#looked.event(listener)];
    return {
      dispose: () => {
        this.#looking?.abort();
        for (const each of subscriptions) {
          each.dispose();
        }
      },
    };
  }
}

const LOADING: ToPage = { type: "missing", because: "loading" };
const GONE: ToPage = { type: "missing", because: "gone" };

/** True while the portal may still come. */
function isLoading({ restored, accounts }: State, { accountId }: ReachSubject): boolean {
  const account = accounts.get(accountId);
  if (account === undefined) {
    return !restored;
  }
  return account.collections[PORTAL].load.kind === "loading";
}
