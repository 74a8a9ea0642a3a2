import * as vscode from "vscode";
import { memoize } from "../../base/memo.ts";
import { PORTAL } from "../../domain/portals/portal.ts";
import { SERVER } from "../../domain/servers/server.ts";
import { type PageContent, type PageKind, Pages } from "../../editor/pages.ts";
import type { State } from "../../engine/state.ts";
import { COMMANDS, FIX_COMMANDS, PAGES } from "../../manifest.ts";
import {
  type CellAddress,
  type ClientsSubject,
  readSubject,
  readToExtension,
  type ToExtension,
  type ToPage,
} from "../../pages/clients/protocol.ts";
import type { AppContext } from "../app.ts";
import { compareDelivered } from "./delivered.ts";
import { explainCell } from "./details.ts";
import { findExposure, type Offered, rowId } from "./subject.ts";
import { tableOf } from "./table.ts";

function clientsPage(app: AppContext): PageKind<ClientsSubject, ToPage, ToExtension> {
  return {
    viewType: PAGES.clients,
    folder: "clients",
    readSubject,
    readMessage: readToExtension,
    contentOf: (subject) => new ClientsContent(app, subject),
  };
}

class ClientsContent implements PageContent<ToPage, ToExtension> {
  readonly #app: AppContext;
  readonly #subject: ClientsSubject;
  readonly onDidChange: PageContent<ToPage, ToExtension>["onDidChange"];
  /** Where it is gone, the title stays. */
  #name = "";
  /** Tells the details of a cell again, some of whose tokens weren't counted yet. */
  #tellAgain: (() => void) | undefined;

  constructor(app: AppContext, subject: ClientsSubject) {
    this.#app = app;
    this.#subject = subject;
    this.onDidChange = (listener) => this.#listen(listener);
  }

  get title(): string {
    this.#name = findExposure(this.#app.store.state, this.#subject)?.name ?? this.#name;
    return vscode.l10n.t({
      message: "{0}: Clients",
      args: [this.#name],
      comment: ["The title of a tab: a portal or server, and what its clients get"],
    });
  }

  compose(): ToPage {
    const { state } = this.#app.store;
    const exposure = findExposure(state, this.#subject);
    if (exposure !== undefined) {
      return tableOf(exposure);
    }
    return isLoading(state, this.#subject) ? LOADING : GONE;
  }

  async receive(message: ToExtension, answer: (message: ToPage) => void): Promise<void> {
    const exposure = findExposure(this.#app.store.state, this.#subject);
    if (exposure === undefined) {
      return;
    }
    switch (message.type) {
      case "explain":
        this.#explain(message.cell, answer);
        return;
      case "compare":
        await compareDelivered(exposure, this.#subject, message);
        return;
      case "openDefinition": {
        const target = this.#targetOf(exposure.offered(), message.row);
        await vscode.commands.executeCommand(COMMANDS.openDefinition, target);
        return;
      }
      case "copyReport": {
        const target = this.#targetOf(exposure.offered(), message.row);
        const request = { ...target, rule: "", fix: "" };
        await vscode.commands.executeCommand(FIX_COMMANDS.copyReport, request);
        return;
      }
    }
  }

  #listen(listener: () => void): { dispose(): void } {
    const { store, costs } = this.#app;
    const subscriptions = [
      store.onDidChange(listener),
      costs.onDidChange((accountId) => {
        if (accountId === this.#subject.accountId) {
          this.#tellAgain?.();
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

  #explain(cell: CellAddress, answer: (message: ToPage) => void): void {
    this.#tellAgain = undefined;
    const { store, costs } = this.#app;
    const exposure = findExposure(store.state, this.#subject);
    const { ofText } = costs.counts(this.#subject.accountId);
    const explained = exposure && explainCell(exposure, cell, ofText);
    if (explained === undefined) {
      return;
    }
    answer(explained.details);
    if (!explained.isCounted) {
      this.#tellAgain = () => this.#explain(cell, answer);
    }
  }

  #targetOf(offered: readonly Offered[], row: string): object | undefined {
    const { accountId } = this.#subject;
    const found = offered.find(({ shown, serverId }) => rowId(serverId, shown) === row);
    const { kind, name } = found?.shown ?? {};
    return found && { kind, name, accountId, serverId: found.serverId };
  }
}

const LOADING: ToPage = { type: "missing", because: "loading" };
const GONE: ToPage = { type: "missing", because: "gone" };

/** True while the portal or server may still come. */
function isLoading({ restored, accounts }: State, subject: ClientsSubject): boolean {
  const account = accounts.get(subject.accountId);
  if (account === undefined) {
    return !restored;
  }
  const kind = "portalId" in subject ? PORTAL : SERVER;
  return account.collections[kind].load.kind === "loading";
}

/** The pages of a window. */
export const clientsPages = memoize(
  (app: AppContext) => new Pages(clientsPage(app), app.extensionUri),
);
