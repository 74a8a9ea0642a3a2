import * as l10n from "@vscode/l10n";
import { numberText } from "../../base/numbers.ts";
import type { ToolView } from "../../domain/cost/costView.ts";
import { element } from "../shared/elements.ts";
import { tokensText, toolsText } from "./words.ts";

interface SelectionActions {
  setEnabled(tools: readonly ToolView[], enabled: boolean): void;
  clear(): void;
}

/** Names of selected tools that are listed; the rest is a number. */
const MOST_NAMES = 8;

/** What is selected, and what can be done with it. */
export class Selection {
  readonly element: HTMLElement;
  readonly #actions: SelectionActions;
  readonly #summary = element("p", { role: "status" });
  readonly #names = element("ul");
  readonly #disable = element("button", { type: "button" });
  readonly #enable = element("button", { type: "button", class: "secondary" });
  readonly #clear = element(
    "button",
    { type: "button", class: "secondary" },
    l10n.t("Clear Selection"),
  );
  readonly #readOnly = element(
    "p",
    { class: "quiet" },
    l10n.t("The account is read-only, so nothing can be turned off."),
  );
  #tools: readonly ToolView[] = [];

  constructor(actions: SelectionActions) {
    this.#actions = actions;
    this.#disable.addEventListener("click", () => this.#setEnabled(false));
    this.#enable.addEventListener("click", () => this.#setEnabled(true));
    this.#clear.addEventListener("click", () => actions.clear());
    this.element = element(
      "section",
      { class: "selection", "aria-label": l10n.t("Selected tools") },
      this.#summary,
      this.#names,
      element("div", { class: "actions" }, this.#disable, this.#enable, this.#clear),
      this.#readOnly,
    );
  }

  /** @returns false where the button that had the focus is gone */
  show(tools: readonly ToolView[], canChange: boolean): boolean {
    const focused = this.#buttons.find((button) => button === document.activeElement);
    this.#draw(tools, canChange);
    return focused?.hidden !== true;
  }

  get #buttons(): readonly HTMLButtonElement[] {
    return [this.#disable, this.#enable, this.#clear];
  }

  #draw(tools: readonly ToolView[], canChange: boolean): void {
    this.#tools = tools;
    const on = tools.filter(({ isOn }) => isOn);
    const off = tools.length - on.length;
    this.#summary.textContent =
      tools.length === 0
        ? l10n.t("Nothing is selected.")
        : l10n.t("{0} selected, {1}", toolsText(tools.length), tokensText(tokensOf(tools)));
    this.#names.replaceChildren(...namesOf(tools).map((name) => element("li", {}, name)));
    this.#disable.textContent =
      on.length === 1 ? l10n.t("Disable 1 Tool") : l10n.t("Disable {0} Tools", on.length);
    this.#enable.textContent =
      off === 1 ? l10n.t("Enable 1 Tool") : l10n.t("Enable {0} Tools", off);
    this.#disable.hidden = on.length === 0 || !canChange;
    this.#enable.hidden = off === 0 || !canChange;
    this.#clear.hidden = tools.length === 0;
    this.#readOnly.hidden = canChange;
  }

  #setEnabled(enabled: boolean): void {
    this.#actions.setEnabled(
      this.#tools.filter(({ isOn }) => isOn !== enabled),
      enabled,
    );
  }
}

function tokensOf(tools: readonly ToolView[]): number {
  return tools.reduce((sum, { tokens = 0 }) => sum + tokens, 0);
}

function namesOf(tools: readonly ToolView[]): readonly string[] {
  const names = tools.slice(0, MOST_NAMES).map(({ label }) => label);
  const more = tools.length - names.length;
  return more === 0 ? names : [...names, l10n.t("and {0} more", numberText(more))];
}
