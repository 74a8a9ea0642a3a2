import * as l10n from "@vscode/l10n";
import { listed } from "../../base/text.ts";
import type { LinkId } from "../../domain/reach/chain.ts";
import { connect } from "../shared/bridge.ts";
import { element, setAttributes, whileFocused } from "../shared/elements.ts";
import {
  type Chain,
  readToPage,
  type ShownFound,
  type ShownLink,
  type ToExtension,
  type ToPage,
} from "./protocol.ts";
import { QuestionForm } from "./questionForm.ts";
import { stateSymbol } from "./symbols.ts";

/** The page of why users don't see something: the first broken link, then all ten in order. */
export class ReachPage {
  readonly #bridge = connect<ToPage, ToExtension, never>({
    readMessage: readToPage,
    // Nothing is remembered, because an email is nobody else's business.
    readView: () => undefined,
    receive: (message) => this.#receive(message),
  });
  readonly #notice = element("p", { class: "notice", role: "status" });
  readonly #main = element("main", { hidden: true });
  readonly #heading = element("h1");
  readonly #headline = element("p", { class: "headline", role: "status" });
  readonly #look = element("button", { type: "button", class: "secondary" }, l10n.t("Look Again"));
  readonly #form = new QuestionForm((question) => this.#bridge.send({ type: "ask", question }));
  readonly #links = element("ol", { class: "links" });
  readonly #hint = element("p", { class: "hint", hidden: true });
  /** The links whose holding items were unfolded. */
  readonly #unfolded = new Set<LinkId>();
  /** The id of what had the focus before its element was replaced. */
  #focused = "";
  readonly #focusAgain = () => document.getElementById(this.#focused)?.focus();

  start(): void {
    this.#look.addEventListener("click", () => this.#bridge.send({ type: "look" }));
    const top = element("header", {}, this.#heading, this.#look);
    this.#main.append(top, this.#headline, this.#form.element, this.#links, this.#hint);
    document.body.append(this.#notice, this.#main);
    this.#bridge.start();
  }

  #receive(message: ToPage): void {
    if (message.type === "chain") {
      this.#show(message);
      return;
    }
    this.#main.hidden = true;
    this.#notice.hidden = false;
    this.#notice.textContent =
      message.because === "gone" ? l10n.t("It isn't there any more.") : l10n.t("Loading…");
  }

  #show(chain: Chain): void {
    const { heading, headline, state, isLooking, links, hint } = chain;
    this.#main.hidden = false;
    this.#main.setAttribute("aria-busy", String(isLooking));
    this.#notice.hidden = true;
    this.#heading.textContent = heading;
    this.#form.show(chain);
    this.#hint.textContent = hint;
    this.#hint.hidden = hint === "";
    const sentence = isLooking ? l10n.t("Looking…") : headline;
    const kind = isLooking ? "looking" : state;
    const kindBefore = this.#headline.className;
    setAttributes(this.#headline, { class: `headline ${kind}` });
    // A sentence that didn't change isn't read aloud again.
    if (this.#headline.textContent !== sentence || kindBefore !== this.#headline.className) {
      this.#headline.replaceChildren(
        ...(isLooking ? [] : [stateSymbol(state)]),
        element("span", {}, sentence),
      );
    }
    const focused = document.activeElement?.id ?? "";
    this.#links.replaceChildren(...links.map((link) => this.#linkItem(link)));
    if (focused !== "" && document.activeElement === document.body) {
      this.#focused = focused;
      whileFocused(this.#focusAgain);
    }
  }

  /** What holds is folded away, and of what depends on the user all but the first. */
  #linkItem({ id, title, state, word, found }: ShownLink): HTMLElement {
    const items = found.map((each, index) => ({ state: each.state, index, each }));
    const holding = items.filter((item) => item.state === "holds");
    const depending = items.filter((item) => item.state === "depends");
    const isSole = items.length === 1;
    const folded = isSole ? [] : [...depending.slice(1), ...holding];
    const shown = items.filter((item) => !folded.includes(item));
    const list = ({ each, index }: (typeof items)[number]) => this.#foundItem(id, each, index);
    return element(
      "li",
      { class: `link ${state}` },
      element(
        "h2",
        {},
        stateSymbol(state),
        element("span", { class: "title" }, title),
        element("span", { class: "word" }, word),
      ),
      element("ul", {}, ...shown.map(list)),
      ...(folded.length === 0
        ? []
        : [
            this.#folded(id, countsInWords(depending.length - 1, holding.length), folded.map(list)),
          ]),
    );
  }

  #folded(id: LinkId, words: string, items: readonly HTMLElement[]): HTMLElement {
    const summary = element("summary", { id: `more-${id}` }, words);
    const details = element("details", {}, summary, element("ul", {}, ...items));
    details.open = this.#unfolded.has(id);
    details.addEventListener("toggle", () => {
      if (details.open) {
        this.#unfolded.add(id);
      } else {
        this.#unfolded.delete(id);
      }
    });
    return details;
  }

  #foundItem(link: LinkId, { state, sentence, actions }: ShownFound, index: number): HTMLElement {
    const item = element("li", { class: state }, element("p", {}, sentence));
    actions.forEach((action, place) => {
      const button = element(
        "button",
        {
          type: "button",
          id: `act-${link}-${index}-${place}`,
          class: state === "broken" && place === 0 ? "" : "secondary",
        },
        action.label,
      );
      button.addEventListener("click", () => {
        if ("field" in action) {
          this.#form.focus(action.field);
        } else {
          this.#bridge.send({ type: "act", link, found: index, does: action.does });
        }
      });
      item.append(button);
    });
    return item;
  }
}

function countsInWords(depending: number, holding: number): string {
  return listed([
    ...(depending > 0
      ? [
          depending === 1
            ? l10n.t("1 more depends on the user")
            : l10n.t("{0} more depend on the user", depending),
        ]
      : []),
    ...(holding > 0 ? [holding === 1 ? l10n.t("1 holds") : l10n.t("{0} hold", holding)] : []),
  ]);
}
