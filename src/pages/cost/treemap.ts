import * as l10n from "@vscode/l10n";
import { numberText } from "../../base/numbers.ts";
import { listed } from "../../base/text.ts";
import type { ServerView, ToolView } from "../../domain/cost/costView.ts";
import {
  type Direction,
  neighbour,
  type Rectangle,
  squarifyGroups,
} from "../../domain/cost/treemap.ts";
import { element } from "../shared/elements.ts";
import { actionOf, type TileAction } from "./keys.ts";
import { idleText, stateText, tokensText, toolText } from "./words.ts";

/** In pixels, as the stylesheet has them. */
const MARGINS = { header: 22, gap: 2 };
/** A tile below this shows no text. */
const LEAST_FOR_TEXT = { width: 34, height: 18 };
/** From this height on, a tile has a second line. */
const LEAST_FOR_LINES = 36;

export interface TreemapActions {
  /** Selects this tool alone. */
  select(id: string): void;
  /** Adds to what is selected, or takes away. */
  toggle(id: string): void;
  selectServer(serverId: string): void;
  selectAll(): void;
  clear(): void;
  reveal(id: string): void;
  /** Called when another tile has the focus. */
  move(): void;
}

interface Tile {
  readonly tool: ToolView;
  readonly element: HTMLElement;
}

interface Group {
  readonly element: HTMLElement;
  readonly header: HTMLElement;
  readonly tiles: readonly Tile[];
}

/**
 * The picture: a rectangle for each server, in it one for each tool, with what it costs as its area.
 * To a screen reader it is a list of options.
 */
export class Treemap {
  readonly element: HTMLElement;
  readonly #actions: TreemapActions;
  #groups: readonly Group[] = [];
  /** All tiles, with their rectangles at the same index. */
  #tiles: readonly Tile[] = [];
  #rectangles: readonly Rectangle[] = [];
  #selected: ReadonlySet<string> = new Set();
  #focus: string | undefined;
  /** For which the tiles are laid out. */
  #size: Size = { width: 0, height: 0 };

  /** @param describedBy the id of the element that says which keys there are */
  constructor(actions: TreemapActions, describedBy: string) {
    this.#actions = actions;
    this.element = element("div", {
      class: "treemap",
      role: "listbox",
      "aria-multiselectable": "true",
      "aria-label": l10n.t("Tools by what they cost"),
      "aria-describedby": describedBy,
    });
    this.element.addEventListener("keydown", (event) => this.#press(event));
    this.element.addEventListener("click", (event) => this.#click(event));
    this.element.addEventListener("focusin", (event) => this.#noteFocus(event));
    new ResizeObserver(() => {
      if (!isSame(this.#size, sizeOf(this.element))) {
        this.#layOut();
      }
    }).observe(this.element);
  }

  /** The tool whose tile the keyboard is on. */
  get focus(): string | undefined {
    return this.#focus;
  }

  set focus(id: string | undefined) {
    this.#focus = id;
  }

  /** Gives the keyboard to the tile that had it last. */
  takeFocus(): void {
    this.#focusedTile()?.element.focus();
  }

  /** @param idle the ids of servers that nobody calls */
  show(servers: readonly ServerView[], idle: ReadonlySet<string>): void {
    const hadFocus = this.element.contains(document.activeElement);
    this.#groups = servers
      .filter(({ tools }) => tools.length > 0)
      .map((server) => makeGroup(server, idle.has(server.id)));
    this.#tiles = this.#groups.flatMap(({ tiles }) => tiles);
    // In this order the browser lays thousands of tiles out once, with their places.
    this.#layOut();
    this.mark(this.#selected);
    this.element.replaceChildren(...this.#groups.map((group) => group.element));
    if (hadFocus) {
      this.takeFocus();
    }
  }

  /** Draws what is selected. */
  mark(selected: ReadonlySet<string>): void {
    this.#selected = selected;
    for (const { tool, element: tile } of this.#tiles) {
      tile.setAttribute("aria-selected", String(selected.has(tool.id)));
    }
  }

  #layOut(): void {
    this.#size = sizeOf(this.element);
    const { width, height } = this.#size;
    const sizes = this.#groups.map(({ tiles }) => tiles.map(({ tool }) => tool.tokens ?? 0));
    const groups = squarifyGroups(sizes, { x: 0, y: 0, width, height }, MARGINS);
    this.#rectangles = groups.flatMap(({ inner }) => inner);
    for (const [index, { header }] of this.#groups.entries()) {
      const group = groups[index];
      header.hidden = group?.hasHeader !== true;
      if (group !== undefined) {
        place(header, { ...group.outer, height: MARGINS.header });
      }
    }
    for (const [index, tile] of this.#tiles.entries()) {
      const rectangle = this.#rectangles[index];
      if (rectangle !== undefined) {
        drawTile(tile, rectangle);
      }
    }
    this.#setTabStop();
  }

  /** One tile can be reached by Tab, and the arrow keys lead on from it. */
  #setTabStop(): void {
    const stop = this.#focusedTile();
    for (const { element: tile } of this.#tiles) {
      tile.tabIndex = tile === stop?.element ? 0 : -1;
    }
  }

  #focusedTile(): Tile | undefined {
    return this.#tiles.find(({ tool }) => tool.id === this.#focus) ?? this.#bySize().at(0);
  }

  /** The tiles that are drawn, the largest first. */
  #bySize(): readonly Tile[] {
    return this.#tiles
      .filter(({ element: tile }) => !tile.hidden)
      .sort((one, other) => (other.tool.tokens ?? 0) - (one.tool.tokens ?? 0));
  }

  #noteFocus({ target }: FocusEvent): void {
    const tile = this.#tileOf(target);
    if (tile !== undefined && tile.tool.id !== this.#focus) {
      this.#focus = tile.tool.id;
      this.#setTabStop();
      this.#actions.move();
    }
  }

  #press(event: KeyboardEvent): void {
    const tile = this.#tileOf(event.target);
    const action = actionOf(event);
    if (tile === undefined || action === undefined) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    this.#act(action, tile.tool.id);
  }

  #act(action: TileAction, id: string): void {
    switch (action) {
      case "toggle":
        this.#actions.toggle(id);
        return;
      case "reveal":
        this.#actions.reveal(id);
        return;
      case "clear":
        this.#actions.clear();
        return;
      case "selectAll":
        this.#actions.selectAll();
        return;
      case "largest":
        this.#bySize().at(0)?.element.focus();
        return;
      case "smallest":
        this.#bySize().at(-1)?.element.focus();
        return;
      default:
        this.#move(action, id);
    }
  }

  #move(direction: Direction, from: string): void {
    const here = this.#tiles.findIndex(({ tool }) => tool.id === from);
    const next = neighbour(this.#rectangles, here, direction);
    if (next !== undefined) {
      this.#tiles[next]?.element.focus();
    }
  }

  #click({ target, ctrlKey, metaKey, shiftKey }: MouseEvent): void {
    const tile = this.#tileOf(target);
    if (tile !== undefined) {
      tile.element.focus();
      if (ctrlKey || metaKey || shiftKey) {
        this.#actions.toggle(tile.tool.id);
      } else {
        this.#actions.select(tile.tool.id);
      }
      return;
    }
    const group = this.#groups.find(({ header }) => contains(header, target));
    const serverId = group?.tiles.at(0)?.tool.serverId;
    if (serverId !== undefined) {
      this.#actions.selectServer(serverId);
    }
  }

  #tileOf(target: EventTarget | null): Tile | undefined {
    const found = target instanceof Element ? target.closest(".tile") : null;
    return found === null ? undefined : this.#tiles.find(({ element: tile }) => tile === found);
  }
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function sizeOf({ clientWidth, clientHeight }: HTMLElement): Size {
  return { width: clientWidth, height: clientHeight };
}

function isSame(one: Size, other: Size): boolean {
  return one.width === other.width && one.height === other.height;
}

function contains(parent: HTMLElement, target: EventTarget | null): boolean {
  return target instanceof Node && parent.contains(target);
}

function makeGroup({ name, tools }: ServerView, isIdle: boolean): Group {
  const tokens = tools.reduce((sum, tool) => sum + (tool.isOn ? (tool.tokens ?? 0) : 0), 0);
  const header = element(
    "div",
    // The list beside the picture has the same as a button.
    { class: "header", "aria-hidden": "true", title: l10n.t("Select the tools of {0}", name) },
    element("span", { class: "label" }, name),
    element("span", { class: "quiet" }, numberText(tokens)),
    ...(isIdle ? [element("span", { class: "idle" }, idleText())] : []),
  );
  const tiles = tools.map((tool) => ({ tool, element: makeTile(tool, name) }));
  const label = listed(isIdle ? [name, idleText()] : [name]);
  const group = element("div", { class: "group", role: "group", "aria-label": label }, header);
  group.append(...tiles.map((tile) => tile.element));
  return { element: group, header, tiles };
}

function makeTile(tool: ToolView, server: string): HTMLElement {
  const { label, isOn, tokens } = tool;
  return element("div", {
    class: "tile",
    "data-state": isOn ? "on" : "off",
    role: "option",
    "aria-label": toolText(tool, server),
    title: tokens === undefined ? label : `${label}\n${tokensText(tokens)}`,
  });
}

/** Most tiles of a large account have no room, so that a text is made only where it can be read. */
function drawTile({ tool, element: tile }: Tile, rectangle: Rectangle): void {
  place(tile, rectangle);
  tile.hidden = rectangle.width === 0;
  tile.classList.toggle("bare", !hasRoom(rectangle));
  tile.classList.toggle("tall", rectangle.height >= LEAST_FOR_LINES);
  if (hasRoom(rectangle) && tile.childElementCount === 0) {
    const cost = tool.tokens === undefined ? "" : numberText(tool.tokens);
    tile.append(
      element("span", { class: "label", "aria-hidden": "true" }, tool.label),
      element(
        "span",
        { class: "cost", "aria-hidden": "true" },
        tool.isOn ? cost : `${cost} · ${stateText(false)}`,
      ),
    );
  }
}

function hasRoom({ width, height }: Rectangle): boolean {
  return width >= LEAST_FOR_TEXT.width && height >= LEAST_FOR_TEXT.height;
}

/** Through the object model, since the policy of the page forbids style attributes. */
function place({ style }: HTMLElement, { x, y, width, height }: Rectangle): void {
  style.left = `${x}px`;
  style.top = `${y}px`;
  style.width = `${width}px`;
  style.height = `${height}px`;
}
