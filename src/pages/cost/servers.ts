import * as l10n from "@vscode/l10n";
import { numberText } from "../../base/numbers.ts";
import { type ServerView, serverSum } from "../../domain/cost/costView.ts";
import { type ServerCalls, serverCalls } from "../../domain/cost/serverCalls.ts";
import { element } from "../shared/elements.ts";
import type { CostMessage, KnownCalls } from "./protocol.ts";
import { idleText } from "./words.ts";

/** The servers, with how often each was called and what a call costs. */
export class Servers {
  readonly element: HTMLElement;
  readonly #select: (serverId: string) => void;
  readonly #rows = element("tbody");
  readonly #note = element("p", { class: "quiet" });

  constructor(select: (serverId: string) => void) {
    this.#select = select;
    const heading = (text: string) => element("th", { scope: "col", class: "number" }, text);
    const table = element(
      "table",
      {},
      element("caption", {}, l10n.t("Servers, the most expensive first")),
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          element("th", { scope: "col" }, l10n.t("Server")),
          heading(l10n.t("Tokens")),
          heading(l10n.t("Calls, 7 days")),
          heading(l10n.t("30 days")),
          heading(l10n.t("Tokens a call")),
        ),
      ),
      this.#rows,
    );
    this.element = element(
      "section",
      { class: "servers", "aria-label": l10n.t("Servers") },
      table,
      this.#note,
    );
  }

  /** @param counts by server id */
  show({ view, calls }: CostMessage, counts: ReadonlyMap<string, ServerCalls>): void {
    const rows = view.servers
      .map((server) => ({ server, sum: serverSum(server) }))
      .sort((one, other) => other.sum.tokens - one.sum.tokens)
      .map(({ server }) => this.#rowOf(server, counts.get(server.id)));
    this.#rows.replaceChildren(...rows);
    this.#note.textContent = noteOf(calls);
  }

  #rowOf(server: ServerView, calls: ServerCalls | undefined): HTMLElement {
    const { on, count, tokens } = serverSum(server);
    const select = element(
      "button",
      { class: "link", type: "button", title: l10n.t("Select the tools of {0}", server.name) },
      server.name,
    );
    select.addEventListener("click", () => this.#select(server.id));
    const name = element(
      "th",
      { scope: "row" },
      select,
      element("span", { class: "note" }, l10n.t("{0} of {1} on", on, count)),
    );
    if (calls?.isIdle === true) {
      name.append(element("span", { class: "idle-note" }, idleText()));
    }
    const cells = [tokens, calls?.week, calls?.month, calls?.tokensPerCall].map((value) =>
      element("td", { class: "number" }, value === undefined ? "–" : numberText(value)),
    );
    return element("tr", { class: calls?.isIdle === true && "idle" }, name, ...cells);
  }
}

/** The calls of the servers of which they are known, by server id. */
export function callsOf({ view, calls }: CostMessage): ReadonlyMap<string, ServerCalls> {
  return calls.state === "known"
    ? serverCalls(view, new Map(calls.servers.map((each) => [each.id, each])))
    : new Map();
}

function noteOf(calls: KnownCalls): string {
  switch (calls.state) {
    case "loading":
      return l10n.t("Calls are being counted…");
    case "unknown":
      return calls.why;
    case "known":
      return l10n.t(
        "Calls are those of every portal. Tokens a call: what a server's definitions cost in as many requests as there were calls, for each of its own.",
      );
  }
}
