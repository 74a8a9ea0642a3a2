import * as l10n from "@vscode/l10n";
import { connect } from "../shared/bridge.ts";
import { element } from "../shared/elements.ts";
import { Details } from "./details.ts";
import { Grid } from "./grid.ts";
import {
  type CellAddress,
  type ClientsTable,
  type ClientsView,
  readToPage,
  readView,
  type ToExtension,
  type ToPage,
} from "./protocol.ts";
import { type Filters, type Narrowed, NO_FILTERS, narrow } from "./rows.ts";
import { fateFilter, Toolbar } from "./toolbar.ts";

/** The page of what clients get: filters, the table, and the details of one cell. */
export class ClientsPage {
  readonly #bridge = connect<ToPage, ToExtension, ClientsView>({
    readMessage: readToPage,
    readView,
    receive: (message) => this.#receive(message),
  });
  readonly #notice = element("p", { class: "notice", role: "status" });
  readonly #main = element("main", { hidden: true });
  readonly #toolbar = new Toolbar((filters) => this.#filter(filters));
  readonly #grid = new Grid({
    open: (cell, byKey) => this.#explain(cell, byKey),
    openDefinition: (row) => this.#bridge.send({ type: "openDefinition", row }),
    move: () => this.#remember(),
  });
  readonly #details = new Details({
    close: () => this.#close(),
    compare: (row, client) => this.#bridge.send({ type: "compare", row, client }),
    openDefinition: (row) => this.#bridge.send({ type: "openDefinition", row }),
    copyReport: (row) => this.#bridge.send({ type: "copyReport", row }),
  });
  readonly #heading = element("h1", { class: "spoken" });
  readonly #note = element("p", { class: "note", hidden: true });
  readonly #nothing = element("p", { class: "nothing", hidden: true });
  #table: ClientsTable | undefined;
  #filters: Filters = NO_FILTERS;
  #open: CellAddress | undefined;
  /** True while the details that were asked for shall get the focus. */
  #focusesDetails = false;

  start(): void {
    const { remembered } = this.#bridge;
    if (remembered !== undefined) {
      const { search, client, fate, focus, open } = remembered;
      this.#filters = { search, client, fate: fateFilter(fate) };
      this.#open = open;
      this.#grid.moveTo(focus);
    }
    const table = element("div", { class: "table" }, this.#grid.element, this.#nothing);
    const content = element("div", { class: "content" }, table, this.#details.element);
    this.#main.append(this.#heading, this.#toolbar.element, this.#note, content);
    document.body.append(this.#notice, this.#main);
    window.addEventListener("focus", () => this.#focusTable());
    this.#bridge.start();
  }

  #receive(message: ToPage): void {
    switch (message.type) {
      case "table":
        this.#show(message);
        break;
      case "details":
        if (isSame(message.cell, this.#open)) {
          this.#details.show(message);
          this.#focusDetails();
        }
        break;
      case "missing":
        this.#showMissing(message.because);
        break;
      case "reveal":
        this.#filter({ ...NO_FILTERS, search: message.search });
        break;
    }
  }

  #show(table: ClientsTable): void {
    const isFirst = this.#table === undefined;
    const position = this.#grid.position;
    this.#table = table;
    this.#main.hidden = false;
    this.#notice.hidden = true;
    this.#heading.textContent = l10n.t("What clients get of {0}", table.name);
    this.#note.textContent = table.note;
    this.#note.hidden = table.note === "";
    this.#draw();
    if (isFirst) {
      // The remembered cell exists only now.
      this.#grid.moveTo(position);
      this.#focusTable();
    }
    this.#refreshDetails(table);
  }

  #refreshDetails({ clients, rows }: ClientsTable): void {
    const open = this.#open;
    if (open === undefined) {
      return;
    }
    const isThere =
      clients.some(({ id }) => id === open.client) &&
      (open.row === undefined || rows.some(({ id }) => id === open.row));
    if (isThere) {
      this.#bridge.send({ type: "explain", cell: open });
    } else {
      this.#close();
    }
  }

  /** So that the arrow keys work at once, unless a person is somewhere else in the page. */
  #focusTable(): void {
    const isElsewhere = document.activeElement !== document.body;
    if (document.hasFocus() && !isElsewhere && !this.#main.hidden) {
      this.#grid.focus();
    }
  }

  #showMissing(because: "loading" | "gone"): void {
    this.#main.hidden = true;
    this.#notice.hidden = false;
    this.#notice.textContent =
      because === "gone" ? l10n.t("It isn't there any more.") : l10n.t("Loading…");
  }

  #filter(filters: Filters): void {
    this.#filters = filters;
    this.#draw();
    this.#remember();
  }

  #draw(): void {
    if (this.#table === undefined) {
      return;
    }
    const shown: Narrowed = narrow(this.#table, this.#filters);
    this.#toolbar.show(this.#table, this.#filters, shown.rows.length);
    this.#grid.show(this.#table, shown, this.#open);
    this.#nothing.hidden = shown.rows.length > 0;
    this.#nothing.textContent =
      this.#table.rows.length > 0
        ? l10n.t("No tool or prompt passes the filters.")
        : l10n.t("Nothing is enabled, so clients get nothing.");
  }

  #explain(cell: CellAddress, byKey: boolean): void {
    this.#open = cell;
    this.#focusesDetails = byKey;
    this.#grid.mark(cell);
    this.#bridge.send({ type: "explain", cell });
    this.#remember();
  }

  #focusDetails(): void {
    if (this.#focusesDetails) {
      this.#focusesDetails = false;
      this.#details.focus();
    }
  }

  #close(): void {
    const hadFocus = this.#details.element.contains(document.activeElement);
    this.#open = undefined;
    this.#details.hide();
    this.#grid.mark(undefined);
    if (hadFocus) {
      this.#grid.focus();
    }
    this.#remember();
  }

  #remember(): void {
    const { search, client, fate } = this.#filters;
    this.#bridge.remember({
      search,
      client,
      fate,
      focus: this.#grid.position,
      ...(this.#open === undefined ? {} : { open: this.#open }),
    });
  }
}

function isSame(one: CellAddress, other: CellAddress | undefined): boolean {
  return one.row === other?.row && one.client === other?.client;
}
