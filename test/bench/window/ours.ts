import type { Page } from "playwright-core";
import type { Emulator } from "../../harness/emulator.ts";
import { until } from "../../workbench/support/eventually.ts";
import { answerInput, pickItem, runCommand, tickItem } from "../../workbench/support/quickInput.ts";
import { openServersView, portalsView, serversView } from "../../workbench/support/serversView.ts";
import type { CodeWindow } from "../../workbench/support/window.ts";
import { readActiveTab, readStatus } from "../../workbench/support/workbenchParts.ts";
import { EVERY, FIRST, PORTAL, SERVERS, WIDE } from "./subjects.ts";
import { lineOf, offerCommand, Tree } from "./tree.ts";

/** Actions with a large account. Each resolves when its result is on screen. */
export class Ours {
  /** The servers. */
  readonly tree: Tree;
  readonly portals: Tree;
  readonly #window: CodeWindow;
  readonly #page: Page;
  readonly #emulator: Emulator;

  constructor(window: CodeWindow, emulator: Emulator) {
    this.#window = window;
    this.#page = window.page;
    this.#emulator = emulator;
    this.tree = new Tree(window.page, serversView(window));
    this.portals = new Tree(window.page, portalsView(window));
  }

  async beginSignIn(): Promise<void> {
    await openServersView(this.#window);
    await serversView(this.#window).getByRole("button", { name: "Sign In…" }).click();
    await pickItem(this.#window, "Paste an API token");
  }

  async signIn(): Promise<void> {
    await answerInput(this.#window, this.#emulator.token);
    await this.tree.row("Server 00001").waitFor();
  }

  /** Leaves the whole height to the servers, as the Explorer has it for its files. */
  async collapsePortals(): Promise<void> {
    const header = portalsView(this.#window).locator(".pane-header");
    if ((await header.getAttribute("aria-expanded")) === "true") {
      await header.click();
    }
  }

  /** Resolves when all problems of the account are found and shown. */
  async untilChecked(): Promise<void> {
    const badge = this.#page.getByRole("tab", { name: "MCP Portals" }).locator(".badge-content");
    const poisoned = (text: string) => Number(text) >= SERVERS / EVERY;
    await until(() => textOf(badge), poisoned, "the badge");
    const problems = this.#page.locator('[id="status.problems"]');
    const told = (text: string) => Number(/\d+/.exec(text)?.[0]) >= SERVERS / EVERY;
    await until(() => textOf(problems), told, "the problems");
  }

  /** Refreshes after another server has changed. */
  async refresh(round: number, server = "server-00005"): Promise<void> {
    const status = round % 2 === 0 ? "error" : "ready";
    await this.#emulator.write({ server, patch: { status } });
    await runCommand(this.#window, "MCP Portals: Refresh");
    const shown = status === "error" ? `MCP ${SERVERS}, 1 failing` : `MCP ${SERVERS}`;
    await until(
      () => readStatus(this.#window),
      (text) => text === shown,
      shown,
    );
  }

  async untilEnabled(enabled: number): Promise<void> {
    const isAll = enabled === WIDE.tools;
    const words = isAll ? `${enabled} tools` : `${enabled} of ${WIDE.tools} enabled`;
    await this.tree.rowSaying(words).waitFor();
  }

  /** Presses Space on the first fifty tools, which are all on or all off. */
  async tapFifty(): Promise<void> {
    const box = this.tree.row(FIRST).getByRole("checkbox");
    const enabled = (await box.isChecked()) ? WIDE.tools - 50 : WIDE.tools;
    await this.tree.tap(FIRST, 50);
    await this.untilEnabled(enabled);
  }

  /** Waits until the row of a server has this text. */
  async untilSays(server: string, words: string): Promise<void> {
    await this.tree.row(server).filter({ hasText: words }).waitFor();
  }

  /** Waits until everything is written and read back. */
  async untilWritten(servers = 1): Promise<void> {
    const log = async () => (await this.#emulator.log()).map(({ method }) => method);
    const isOver = (methods: readonly string[]) =>
      methods.filter((method) => method === "PUT").length >= servers && methods.at(-1) === "GET";
    await until(log, isOver, "the write");
  }

  /** Opens the document of the wide server. */
  async openDocument(tool: string): Promise<void> {
    await this.#open(this.tree, tool, WIDE.id);
  }

  /** Opens the document of the portal. */
  async openPortal(tool: string): Promise<void> {
    await this.#open(this.portals, tool, PORTAL.id);
  }

  async #open(tree: Tree, tool: string, id: string): Promise<void> {
    await tree.row(tool).click();
    await until(
      () => readActiveTab(this.#window),
      (tab) => tab.startsWith(id),
      "the tab",
    );
    await lineOf(this.#page, tool).waitFor();
  }

  /** Opens the palette, where Enter would open the list of all tools and prompts. */
  async beginFind(): Promise<void> {
    await offerCommand(this.#window, FIND);
  }

  /** Opens the filter and ticks a box, where Enter would apply it. */
  async beginFilter(): Promise<void> {
    await runCommand(this.#window, "MCP Portals: Filter…");
    await tickItem(this.#window, "With problems");
  }

  async filter(): Promise<void> {
    await this.#page.keyboard.press("Enter");
    await serversView(this.#window).getByText("Showing only what").waitFor();
    await this.tree.row("Server 00001").waitFor({ state: "detached" });
  }

  async find(): Promise<void> {
    await this.#page.keyboard.press("Enter");
    await this.#page.locator(".quick-input-title", { hasText: "100 of" }).waitFor();
  }
}

const FIND = "MCP Portals: Find Tool or Prompt…";

async function textOf(locator: ReturnType<Page["locator"]>): Promise<string> {
  return (await locator.count()) === 0 ? "" : ((await locator.first().textContent()) ?? "");
}
