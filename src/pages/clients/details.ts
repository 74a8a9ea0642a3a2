import * as l10n from "@vscode/l10n";
import { element, sentenceAround } from "../shared/elements.ts";
import { fateAt, fateSentence, fateSymbol, fateWord } from "./fates.ts";
import type { CellDetails, CellReason } from "./protocol.ts";

export interface DetailsListeners {
  close(): void;
  compare(row: string, client: string): void;
  openDefinition(row: string): void;
  copyReport(row: string): void;
}

/** Why a cell says what it says, beside the table. */
export class Details {
  readonly element = element("section", { class: "details", hidden: true, tabindex: -1 });
  readonly #listeners: DetailsListeners;

  constructor(listeners: DetailsListeners) {
    this.#listeners = listeners;
    this.element.addEventListener("keydown", ({ key }) => {
      if (key === "Escape") {
        listeners.close();
      }
    });
  }

  show(details: CellDetails): void {
    const { title, fate: index, name, cost, reasons } = details;
    const { activeElement } = document;
    const focused =
      activeElement instanceof HTMLButtonElement ? this.#buttons.indexOf(activeElement) : -1;
    const fate = fateAt(index);
    this.element.setAttribute("aria-label", title);
    this.element.replaceChildren(
      element("header", {}, element("h2", {}, title), this.#closeButton()),
      element(
        "p",
        { class: `verdict ${fate}` },
        fateSymbol(fate),
        element("strong", {}, fateWord(fate)),
      ),
      element("p", { class: "quiet" }, fateSentence(fate)),
      ...(name === "" ? [] : [calledBy(name)]),
      ...(cost === "" ? [] : [element("p", {}, cost)]),
      ...this.#actions(details),
      ...(reasons.length === 0
        ? []
        : [element("ul", { class: "reasons" }, ...groupsOf(reasons).map(reasonItem))]),
    );
    this.element.hidden = false;
    this.#buttons[focused]?.focus();
  }

  hide(): void {
    this.element.hidden = true;
    this.element.replaceChildren();
  }

  /** On the first action, or on the whole where there is none. */
  focus(): void {
    const first = this.element.querySelector<HTMLElement>("button:not(.close)");
    (first ?? this.element).focus();
  }

  get #buttons(): readonly HTMLButtonElement[] {
    return [...this.element.querySelectorAll("button")];
  }

  #actions({ cell: { row, client }, altered, reportable }: CellDetails): readonly HTMLElement[] {
    if (row === undefined) {
      return [];
    }
    const buttons = [
      ...(altered
        ? [button(l10n.t("Compare Before and After"), () => this.#listeners.compare(row, client))]
        : []),
      button(l10n.t("Open Definition"), () => this.#listeners.openDefinition(row), "secondary"),
      ...(reportable
        ? [
            button(
              l10n.t("Copy Report for the Upstream"),
              () => this.#listeners.copyReport(row),
              "secondary",
            ),
          ]
        : []),
    ];
    return [element("div", { class: "actions" }, ...buttons)];
  }

  #closeButton(): HTMLElement {
    const close = button("×", () => this.#listeners.close(), "close");
    close.setAttribute("aria-label", l10n.t("Close"));
    close.title = l10n.t("Close");
    return close;
  }
}

function calledBy(name: string): HTMLElement {
  const words = (place: string) => l10n.t("The client calls it {0}", place);
  return element("p", {}, ...sentenceAround(words, code(name)));
}

/** Reasons by the same rule stand together. */
function groupsOf(reasons: readonly CellReason[]): readonly (readonly CellReason[])[] {
  const keyOf = ({ fate, why, source, since, models }: CellReason) =>
    JSON.stringify([fate, why, source, since, models]);
  return [...Map.groupBy(reasons, keyOf).values()];
}

function reasonItem(reasons: readonly CellReason[]): HTMLElement | string {
  const [first] = reasons;
  if (first === undefined) {
    return "";
  }
  const { fate, why, source, since, models } = first;
  // Most sentences name the place already.
  const places = reasons.map(({ what, pointer }) => (what.includes(pointer) ? "" : pointer));
  const facts: readonly (readonly [string, Node | string])[] = [
    ...places.filter(Boolean).map((place) => [l10n.t("Where"), code(place)] as const),
    ...(models === "" ? [] : [[l10n.t("Models"), models] as const]),
    [l10n.t("Source"), source],
    [l10n.t("Seen since"), since],
  ];
  const word = fateWord(fateAt(fate));
  return element(
    "li",
    {},
    element(
      "p",
      { class: `verdict ${fateAt(fate)}` },
      fateSymbol(fateAt(fate)),
      element("span", {}, word),
    ),
    ...reasons
      .filter(({ what }) => what !== "")
      .map(({ what }) => element("p", { class: "what" }, what)),
    ...(why === "" ? [] : [element("p", {}, why)]),
    element(
      "dl",
      {},
      ...facts.flatMap(([term, fact]) => [element("dt", {}, term), element("dd", {}, fact)]),
    ),
  );
}

function button(label: string, act: () => void, className = "primary"): HTMLButtonElement {
  const made = element("button", { type: "button", class: className }, label);
  made.addEventListener("click", act);
  return made;
}

function code(text: string): HTMLElement {
  return element("code", {}, text);
}
