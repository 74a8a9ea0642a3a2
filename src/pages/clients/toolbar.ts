import * as l10n from "@vscode/l10n";
import { numberText } from "../../base/numbers.ts";
import { element } from "../shared/elements.ts";
import { fateWord } from "./fates.ts";
import { type ClientsTable, FATES } from "./protocol.ts";
import type { Filters } from "./rows.ts";

/** The filters above the table, and how many rows they leave. */
export class Toolbar {
  readonly element: HTMLElement;
  readonly #search = element("input", { type: "search", class: "search" });
  readonly #client = element("select");
  readonly #fate = element("select");
  readonly #count = element("span", { role: "status", class: "quiet count-of-rows" });

  constructor(changed: (filters: Filters) => void) {
    const filters = l10n.t("Filters");
    this.element = element("div", { role: "search", class: "toolbar", "aria-label": filters });
    this.#search.placeholder = l10n.t("Name or server");
    this.#search.setAttribute("aria-label", l10n.t("Find by name or server"));
    this.#client.setAttribute("aria-label", l10n.t("Client"));
    this.#fate.setAttribute("aria-label", l10n.t("What becomes of a tool"));
    this.#fate.append(
      option("", l10n.t("Everything")),
      option("problems", l10n.t("Problems")),
      ...FATES.map((fate) => option(fate, fateWord(fate))),
    );
    this.element.append(this.#search, this.#client, this.#fate, this.#count);
    for (const [control, event] of [
      [this.#search, "input"],
      [this.#client, "change"],
      [this.#fate, "change"],
    ] as const) {
      control.addEventListener(event, () => changed(this.filters));
    }
  }

  get filters(): Filters {
    return {
      search: this.#search.value,
      client: this.#client.value,
      fate: fateFilter(this.#fate.value),
    };
  }

  show({ clients, rows }: ClientsTable, { search, client, fate }: Filters, left: number): void {
    this.#client.replaceChildren(
      option("", l10n.t("All clients")),
      ...clients.map(({ id, name }) => option(id, name)),
    );
    this.#client.value = clients.some(({ id }) => id === client) ? client : "";
    this.#fate.value = fate;
    if (this.#search.value !== search) {
      this.#search.value = search;
    }
    this.#count.textContent =
      left === rows.length
        ? l10n.t("{0} rows", numberText(left))
        : l10n.t("{0} of {1} rows", numberText(left), numberText(rows.length));
  }
}

export function fateFilter(value: string): Filters["fate"] {
  return value === "problems" ? value : (FATES.find((fate) => fate === value) ?? "");
}

function option(value: string, label: string): HTMLOptionElement {
  return element("option", { value }, label);
}
