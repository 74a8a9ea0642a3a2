import * as l10n from "@vscode/l10n";
import { numberText } from "../../base/numbers.ts";
import { element, setAttributes, whileFocused } from "../shared/elements.ts";
import { fateAt, fateSentence, fateSymbol, fateWord } from "./fates.ts";
import {
  type CellAddress,
  type ClientsTable,
  FATES,
  type Fate,
  type TableRow,
} from "./protocol.ts";
import { type Narrowed, problemCount, worstProblem } from "./rows.ts";
import { moved, type Position, rowsInSight } from "./window.ts";

/** Pixels; the same as `--row` in the styles. */
const ROW_HEIGHT = 28;

export interface GridListeners {
  /** @param byKey true where the keyboard asked for it */
  open(cell: CellAddress, byKey: boolean): void;
  openDefinition(row: string): void;
  move(position: Position): void;
}

/**
 * The table as an ARIA grid. The first row is about the whole list. Of the rows below it only those
 * in sight stand in the document, and the one with the focus.
 */
export class Grid {
  readonly element: HTMLElement;
  readonly #listeners: GridListeners;
  readonly #head = element("div", { role: "rowgroup", class: "head" });
  readonly #body = element("div", { role: "rowgroup", class: "body" });
  #table: ClientsTable | undefined;
  #shown: Narrowed = { columns: [], rows: [] };
  #drawn = new Map<number, HTMLElement>();
  #at: Position = { row: 0, column: 0 };
  #open: CellAddress | undefined;
  readonly #focusAgain = () => this.focus();

  constructor(listeners: GridListeners) {
    this.#listeners = listeners;
    this.element = element("div", { role: "grid", class: "grid" }, this.#head, this.#body);
    this.element.addEventListener("scroll", () => this.#drawRows());
    this.element.addEventListener("keydown", (event) => this.#press(event));
    this.element.addEventListener("click", (event) => this.#click(event));
    this.element.addEventListener("focusin", (event) => this.#follow(event));
    new ResizeObserver(() => {
      this.#drawRows();
      this.#showOpen();
    }).observe(this.element);
  }

  /** Draws everything anew. The focus stays on its cell, or on its place where the cell is gone. */
  show(table: ClientsTable, shown: Narrowed, open: CellAddress | undefined): void {
    const hadFocus = this.element.contains(document.activeElement);
    const focused = this.#rowAt(this.#at.row)?.id;
    this.#table = table;
    this.#shown = shown;
    this.#open = open;
    const place = shown.rows.findIndex(({ id }) => id === focused);
    this.#at = this.#clamped(place < 0 ? this.#at : { ...this.#at, row: place + 1 });
    setAttributes(this.element, {
      "aria-label": l10n.t("What clients get of {0}", table.name),
      "aria-rowcount": shown.rows.length + 2,
      "aria-colcount": shown.columns.length + 1,
    });
    this.element.style.setProperty("--clients", String(shown.columns.length));
    this.#body.style.height = `${shown.rows.length * ROW_HEIGHT}px`;
    this.#head.replaceChildren(this.#headerRow(table), this.#listRow(table));
    this.#body.replaceChildren();
    this.#drawn = new Map();
    this.#drawRows();
    if (hadFocus) {
      whileFocused(this.#focusAgain);
    }
  }

  /** Marks the cell whose details are shown. */
  mark(open: CellAddress | undefined): void {
    this.#open = open;
    for (const cell of this.element.querySelectorAll<HTMLElement>("[data-column]")) {
      setAttributes(cell, { "aria-selected": this.#isOpen(cell) ? "true" : undefined });
    }
  }

  /** Puts the keyboard's focus on the current cell. */
  focus(): void {
    this.#scrollTo(this.#at.row);
    const cell = this.#cellAt(this.#at);
    if (cell !== null) {
      this.#scrollAside(cell);
      cell.focus({ preventScroll: true });
    }
  }

  get position(): Position {
    return this.#at;
  }

  /** Moves the current cell without taking the focus. */
  moveTo(position: Position): void {
    this.#tabStop(this.#at, -1);
    this.#at = this.#clamped(position);
    this.#drawRows();
    this.#tabStop(this.#at, 0);
  }

  #clamped({ row, column }: Position): Position {
    return {
      row: Math.max(0, Math.min(row, this.#shown.rows.length)),
      column: Math.max(0, Math.min(column, this.#shown.columns.length)),
    };
  }

  /** Row 0 is about the whole list, and isn't a tool's. */
  #rowAt(row: number): TableRow | undefined {
    return this.#shown.rows[row - 1];
  }

  #headerRow({ clients }: ClientsTable): HTMLElement {
    const corner = element(
      "div",
      { role: "columnheader", class: "name" },
      l10n.t("Tool or prompt"),
    );
    const cells = this.#shown.columns.map((column, index) =>
      this.#header(clients[column]?.name ?? "", column, index),
    );
    const options = { role: "row", class: "row heading", "aria-rowindex": 1 };
    return element("div", options, corner, ...cells);
  }

  #header(name: string, column: number, index: number): HTMLElement {
    const count = this.#table === undefined ? 0 : problemCount(this.#table, column);
    const words = count === 1 ? l10n.t("1 problem") : l10n.t("{0} problems", numberText(count));
    const badge = element("span", { class: "count", title: words }, numberText(count));
    badge.setAttribute("aria-label", words);
    badge.setAttribute("role", "img");
    return element(
      "div",
      { role: "columnheader", class: "client", "aria-colindex": index + 2, title: name },
      element("span", { class: "title" }, name),
      ...(count === 0 ? [] : [badge]),
    );
  }

  #listRow({ lists, off }: ClientsTable): HTMLElement {
    const label = l10n.t("The whole list");
    const title =
      off === 1
        ? l10n.t("1 is off, and in no list")
        : l10n.t("{0} are off, and in no list", numberText(off));
    const name = element("span", { class: "label" }, label);
    const more = off === 0 ? [] : [element("span", { class: "quiet" }, title)];
    const header = this.#nameCell(0, [name, ...more], off === 0 ? label : `${label} · ${title}`);
    const cells = this.#shown.columns.map((column, index) =>
      this.#fateCell({ row: 0, column: index + 1 }, label, lists[column] ?? 0, column),
    );
    return element("div", { role: "row", class: "row list", "aria-rowindex": 2 }, header, ...cells);
  }

  #toolRow(row: number): HTMLElement {
    const tool = this.#rowAt(row);
    if (tool === undefined) {
      return element("div");
    }
    const label = element("span", { class: "label code" }, tool.name);
    const parts = [tool.kind === "prompt" ? l10n.t("prompt") : "", tool.server].filter(Boolean);
    const more = parts.length === 0 ? [] : [element("span", { class: "quiet" }, parts.join(" · "))];
    const words = [tool.name, ...parts];
    const worst = worstProblem(tool, this.#shown.columns);
    const header = this.#nameCell(row, [label, ...more], words.join(" · "), worst);
    const cells = this.#shown.columns.map((column, index) =>
      this.#fateCell({ row, column: index + 1 }, tool.name, tool.fates[column] ?? 0, column),
    );
    const drawn = element(
      "div",
      { role: "row", class: row % 2 === 0 ? "row even" : "row", "aria-rowindex": row + 2 },
      header,
      ...cells,
    );
    drawn.style.top = `${(row - 1) * ROW_HEIGHT}px`;
    return drawn;
  }

  /** @param worst shown here too, because the column of its client may be out of sight */
  #nameCell(row: number, children: readonly Node[], title: string, worst?: Fate): HTMLElement {
    const options = { role: "rowheader", class: "name", "aria-colindex": 1, title };
    return element(
      "div",
      { ...options, ...this.#addressed({ row, column: 0 }) },
      element("span", { class: "worst" }, ...(worst === undefined ? [] : [fateSymbol(worst)])),
      element("span", { class: "words" }, ...children),
    );
  }

  #fateCell(position: Position, name: string, index: number, client: number): HTMLElement {
    const fate = fateAt(Math.min(index, FATES.length - 1));
    const word = fateWord(fate);
    const cell = element(
      "div",
      {
        role: "gridcell",
        class: `fate ${fate}`,
        title: fateSentence(fate),
        "aria-colindex": position.column + 1,
        "aria-label": l10n.t({
          message: "{0}, {1}: {2}",
          args: [name, this.#table?.clients[client]?.name ?? "", word],
          comment: ["A tool's name, a client's name, and what becomes of the tool there"],
        }),
        ...this.#addressed(position),
      },
      fateSymbol(fate),
      element("span", { class: "word" }, word),
    );
    setAttributes(cell, { "aria-selected": this.#isOpen(cell) ? "true" : undefined });
    return cell;
  }

  #addressed({ row, column }: Position): Record<string, number> {
    const isCurrent = row === this.#at.row && column === this.#at.column;
    return { "data-row": row, "data-column": column, tabindex: isCurrent ? 0 : -1 };
  }

  #drawRows(): void {
    const height = this.element.clientHeight - this.#head.offsetHeight;
    const sight = { top: this.element.scrollTop, height: Math.max(0, height) };
    const { from, to } = rowsInSight(this.#shown.rows.length, ROW_HEIGHT, sight);
    const wanted = new Set<number>();
    for (let row = from + 1; row <= to; row += 1) {
      wanted.add(row);
    }
    if (this.#at.row > 0) {
      wanted.add(this.#at.row);
    }
    for (const [row, drawn] of this.#drawn) {
      if (!wanted.has(row)) {
        drawn.remove();
        this.#drawn.delete(row);
      }
    }
    for (const row of [...wanted].sort((one, other) => one - other)) {
      if (!this.#drawn.has(row)) {
        this.#insert(row);
      }
    }
  }

  /** In the order of the rows, which is the one that a screen reader reads. */
  #insert(row: number): void {
    const drawn = this.#toolRow(row);
    const after = [...this.#drawn].filter(([other]) => other > row);
    const [, next] = after.sort(([one], [other]) => one - other)[0] ?? [];
    this.#body.insertBefore(drawn, next ?? null);
    this.#drawn.set(row, drawn);
  }

  #cellAt({ row, column }: Position): HTMLElement | null {
    return this.element.querySelector(`[data-row="${row}"][data-column="${column}"]`);
  }

  #tabStop(position: Position, tabindex: number): void {
    const cell = this.#cellAt(position);
    if (cell !== null) {
      cell.tabIndex = tabindex;
    }
  }

  #press(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey) {
      return;
    }
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.#activate(this.#at, true);
      return;
    }
    const to = moved(this.#at, event, {
      rows: this.#shown.rows.length + 1,
      columns: this.#shown.columns.length + 1,
      page: Math.max(1, Math.floor(this.element.clientHeight / ROW_HEIGHT) - 3),
    });
    if (to !== undefined) {
      event.preventDefault();
      this.moveTo(to);
      this.focus();
      this.#listeners.move(to);
    }
  }

  #click({ target }: MouseEvent): void {
    const position = positionOf(target);
    if (position !== undefined) {
      this.#activate(position, false);
    }
  }

  #follow({ target }: FocusEvent): void {
    const position = positionOf(target);
    if (position !== undefined) {
      this.moveTo(position);
      this.#listeners.move(position);
    }
  }

  #activate(position: Position, byKey: boolean): void {
    const row = this.#rowAt(position.row)?.id;
    if (position.column === 0) {
      if (row !== undefined && byKey) {
        this.#listeners.openDefinition(row);
      }
      return;
    }
    const client = this.#table?.clients[this.#shown.columns[position.column - 1] ?? -1]?.id;
    if (client !== undefined) {
      this.#listeners.open(row === undefined ? { client } : { row, client }, byKey);
    }
  }

  #isOpen(cell: HTMLElement): boolean {
    const position = positionOf(cell);
    if (this.#open === undefined || position === undefined) {
      return false;
    }
    const client = this.#table?.clients[this.#shown.columns[position.column - 1] ?? -1]?.id;
    return this.#open.client === client && this.#open.row === this.#rowAt(position.row)?.id;
  }

  /** The details take room from the table, which mustn't hide the cell that they are about. */
  #showOpen(): void {
    const client = this.#table?.clients.findIndex(({ id }) => id === this.#open?.client) ?? -1;
    const column = this.#shown.columns.indexOf(client) + 1;
    const row = this.#shown.rows.findIndex(({ id }) => id === this.#open?.row) + 1;
    if (column === 0 || (row === 0 && this.#open?.row !== undefined)) {
      return;
    }
    if (row > 0) {
      this.#scrollTo(row);
    }
    const cell = this.#cellAt({ row, column });
    if (cell !== null) {
      this.#scrollAside(cell);
    }
  }

  /** Scrolls just as far as it takes. */
  #scrollTo(row: number): void {
    if (row === 0) {
      this.element.scrollTop = 0;
      return;
    }
    const sight = this.element.clientHeight - this.#head.offsetHeight;
    const top = (row - 1) * ROW_HEIGHT;
    const { scrollTop } = this.element;
    if (top < scrollTop) {
      this.element.scrollTop = top;
    } else if (top + ROW_HEIGHT > scrollTop + sight) {
      this.element.scrollTop = top + ROW_HEIGHT - sight;
    }
    this.#drawRows();
  }

  /** The first column covers what is scrolled below it. */
  #scrollAside(cell: HTMLElement): void {
    const { offsetLeft, offsetWidth } = cell;
    const covered = this.#head.querySelector<HTMLElement>(".name")?.offsetWidth ?? 0;
    const { scrollLeft, clientWidth } = this.element;
    if (offsetLeft < scrollLeft + covered) {
      this.element.scrollLeft = offsetLeft - covered;
    } else if (offsetLeft + offsetWidth > scrollLeft + clientWidth) {
      this.element.scrollLeft = offsetLeft + offsetWidth - clientWidth;
    }
  }
}

function positionOf(target: EventTarget | null): Position | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>("[data-column]") : null;
  if (cell === null) {
    return undefined;
  }
  return { row: Number(cell.dataset["row"]), column: Number(cell.dataset["column"]) };
}
