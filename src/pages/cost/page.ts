import * as l10n from "@vscode/l10n";
import { sumsOf, type ToolView, toolsOf } from "../../domain/cost/costView.ts";
import { connect } from "../shared/bridge.ts";
import { element } from "../shared/elements.ts";
import {
  type CostMessage,
  type PageView,
  readToPage,
  readView,
  type ToExtension,
  type ToPage,
} from "./protocol.ts";
import { Selection } from "./selection.ts";
import { callsOf, Servers } from "./servers.ts";
import { Sums } from "./sums.ts";
import { Treemap } from "./treemap.ts";

/** The id of the sentence that says which keys there are. */
const KEYS = "keys";

/** The page of what a context costs: the picture, and beside it the sums. */
export class CostPage {
  readonly #bridge = connect<ToPage, ToExtension, PageView>({
    readMessage: readToPage,
    readView,
    receive: (message) => this.#receive(message),
  });
  readonly #notice = element("p", { class: "notice", role: "status" });
  readonly #main = element("main", { hidden: true });
  readonly #heading = element("h1");
  readonly #nothing = element("p", { class: "quiet", hidden: true });
  readonly #treemap = new Treemap(
    {
      select: (id) => this.#selectOnly(id),
      toggle: (id) => this.#select(toggled(this.#selected, id)),
      selectServer: (serverId) => this.#selectServer(serverId),
      selectAll: () => this.#select(new Set(this.#tools().map(({ id }) => id))),
      clear: () => this.#select(new Set()),
      reveal: (tool) => this.#bridge.send({ type: "reveal", tool, focus: true }),
      move: () => this.#remember(),
    },
    KEYS,
  );
  readonly #sums = new Sums();
  readonly #selection = new Selection({
    setEnabled: (tools, enabled) =>
      this.#bridge.send({ type: "setEnabled", tools: tools.map(({ id }) => id), enabled }),
    clear: () => this.#select(new Set()),
  });
  readonly #servers = new Servers((serverId) => this.#selectServer(serverId));
  #cost: CostMessage | undefined;
  #selected: ReadonlySet<string> = new Set();

  start(): void {
    const { remembered } = this.#bridge;
    if (remembered !== undefined) {
      this.#selected = new Set(remembered.selected);
      this.#treemap.focus = remembered.focus;
    }
    const legend = element(
      "p",
      { class: "legend", id: KEYS },
      legendEntry("on", l10n.t("on")),
      legendEntry("off", l10n.t("off")),
      element(
        "span",
        { class: "quiet" },
        l10n.t("Arrow keys move, Space selects, Enter shows the tool in the tree."),
      ),
    );
    const picture = element(
      "div",
      { class: "picture" },
      this.#heading,
      this.#nothing,
      this.#treemap.element,
      legend,
    );
    const beside = element(
      "div",
      { class: "beside" },
      this.#sums.element,
      this.#selection.element,
      this.#servers.element,
    );
    this.#main.append(picture, beside);
    document.body.append(this.#notice, this.#main);
    this.#bridge.start();
  }

  #receive(message: ToPage): void {
    switch (message.type) {
      case "cost":
        this.#show(message);
        break;
      case "missing":
        this.#main.hidden = true;
        this.#notice.hidden = false;
        this.#notice.textContent =
          message.because === "gone" ? l10n.t("It isn't there any more.") : l10n.t("Loading…");
        break;
    }
  }

  #show(cost: CostMessage): void {
    this.#cost = cost;
    this.#main.hidden = false;
    this.#notice.hidden = true;
    this.#heading.textContent = l10n.t("What {0} costs in each request to a model", cost.name);
    const isEmpty = this.#tools().length === 0;
    this.#nothing.hidden = !isEmpty;
    this.#nothing.textContent = l10n.t("There are no tools yet, so nothing is paid.");
    this.#treemap.element.hidden = isEmpty;
    const calls = callsOf(cost);
    const idle = [...calls].filter(([, { isIdle }]) => isIdle).map(([id]) => id);
    this.#treemap.show(cost.view.servers, new Set(idle));
    this.#servers.show(cost, calls);
    // What was selected and is gone can't be turned off.
    const known = new Set(this.#tools().map(({ id }) => id));
    this.#select(this.#selected.intersection(known));
  }

  #selectOnly(id: string): void {
    this.#select(new Set([id]));
    this.#bridge.send({ type: "reveal", tool: id, focus: false });
  }

  #selectServer(serverId: string): void {
    const of = this.#tools().filter((tool) => tool.serverId === serverId);
    this.#select(new Set(of.map(({ id }) => id)));
  }

  #select(selected: ReadonlySet<string>): void {
    this.#selected = selected;
    this.#remember();
    const cost = this.#cost;
    if (cost === undefined) {
      return;
    }
    const tools = this.#tools().filter(({ id }) => selected.has(id));
    const saves = tools.filter(({ isOn }) => isOn).length;
    this.#treemap.mark(selected);
    this.#sums.show(cost, sumsOf(cost.view, selected), saves);
    if (!this.#selection.show(tools, cost.canChange)) {
      this.#treemap.takeFocus();
    }
  }

  #tools(): readonly ToolView[] {
    return this.#cost === undefined ? [] : toolsOf(this.#cost.view);
  }

  #remember(): void {
    const { focus } = this.#treemap;
    this.#bridge.remember({
      selected: [...this.#selected],
      ...(focus === undefined ? {} : { focus }),
    });
  }
}

function toggled(selected: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return selected.symmetricDifference(new Set([id]));
}

function legendEntry(state: "on" | "off", word: string): HTMLElement {
  return element(
    "span",
    { class: "entry" },
    element("span", { class: "swatch", "data-state": state, "aria-hidden": "true" }),
    word,
  );
}
