import * as l10n from "@vscode/l10n";
import { numberText } from "../../base/numbers.ts";
import { claudeRange } from "../../domain/cost/claude.ts";
import type { Sum } from "../../domain/cost/costView.ts";
import type { Connection } from "../../domain/portals/endpoint.ts";
import { element } from "../shared/elements.ts";
import type { CostMessage } from "./protocol.ts";
import { connectionText, costText, tokensText } from "./words.ts";

/** The sums: now, and after what is selected is turned off, for each way of connecting. */
export class Sums {
  readonly element: HTMLElement;
  readonly #now = element("p", { class: "total" });
  readonly #after = element("p", { class: "after", role: "status" });
  readonly #claude = element("p", { class: "quiet" });
  readonly #pending = element("p", { class: "warning", role: "status" });
  readonly #rows = element("tbody");
  readonly #claudeHeading = element("th", { scope: "col", class: "number" });
  readonly #table = element(
    "table",
    {},
    element("caption", {}, l10n.t("By the way of connecting, in tokens")),
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        element("th", { scope: "col" }, l10n.t("Way")),
        element("th", { scope: "col", class: "number" }, l10n.t("Now")),
        element("th", { scope: "col", class: "number" }, l10n.t("After")),
        this.#claudeHeading,
      ),
    ),
    this.#rows,
  );

  constructor() {
    this.element = element(
      "section",
      { class: "sums", "aria-label": l10n.t("Cost of each request") },
      this.#now,
      this.#after,
      this.#claude,
      this.#pending,
      this.#table,
    );
  }

  /** @param saves how many of the selected tools are on */
  show({ kind, codeMode }: CostMessage, sums: readonly Sum[], saves: number): void {
    const all = sums.find(({ connection }) => connection === "allTools");
    if (all === undefined) {
      return;
    }
    const { now, after } = all;
    this.#now.textContent = tokensText(now.tokens);
    this.#after.textContent = saves === 0 ? "" : afterText(now.tokens, after.tokens);
    const { least, most } = claudeRange(saves === 0 ? now.tokens : after.tokens);
    const range = [numberText(least), numberText(most)] as const;
    this.#claude.textContent =
      saves === 0
        ? l10n.t("For Claude {0} to {1}, an estimate", ...range)
        : l10n.t("For Claude {0} to {1} then, an estimate", ...range);
    this.#claudeHeading.textContent = saves === 0 ? l10n.t("Claude") : l10n.t("Claude, after");
    this.#pending.textContent = pendingText(now.pending);
    this.#table.hidden = kind !== "portal";
    this.#rows.replaceChildren(...sums.map((sum) => rowOf(sum, saves > 0, codeMode)));
  }
}

function afterText(now: number, after: number): string {
  return l10n.t({
    message: "{0} after turning off what is selected, {1} less",
    args: [numberText(after), numberText(now - after)],
    comment: ["Two numbers of tokens"],
  });
}

function pendingText(pending: number): string {
  switch (pending) {
    case 0:
      return "";
    case 1:
      return l10n.t("1 tool isn't counted yet, so the sums are too small.");
    default:
      return l10n.t(
        "{0} tools aren't counted yet, so the sums are too small.",
        numberText(pending),
      );
  }
}

function rowOf(
  { connection, now, after }: Sum,
  isSelected: boolean,
  codeMode: string | undefined,
): HTMLElement {
  const { least, most } = claudeRange(isSelected ? after.tokens : now.tokens);
  const note = noteOf(connection, codeMode);
  return element(
    "tr",
    {},
    element(
      "th",
      { scope: "row" },
      connectionText(connection),
      ...(note === "" ? [] : [element("span", { class: "note" }, note)]),
    ),
    element("td", { class: "number" }, costText(now)),
    element("td", { class: "number" }, isSelected ? costText(after) : "–"),
    element("td", { class: "number" }, `≈ ${numberText(least)}–${numberText(most)}`),
  );
}

/** What the portal's own setting makes of a way. */
function noteOf(connection: Connection, codeMode: string | undefined): string {
  if (connection !== "codeMode") {
    return "";
  }
  switch (codeMode) {
    case "off":
      return l10n.t("off in this portal");
    case "opt_in":
      return l10n.t("for clients that ask for it");
    case "default_on":
      return l10n.t("unless a client asks otherwise");
    case "enforced":
      return l10n.t("for every client of this portal");
    default:
      return "";
  }
}
