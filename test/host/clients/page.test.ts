import { deepEqual, equal, match, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS, DEFINITION_LANGUAGE, DELIVERED_SCHEME } from "../../../src/manifest.ts";
import {
  type CellDetails,
  type ClientsTable,
  FATES,
  readToPage,
  type ToPage,
} from "../../../src/pages/clients/protocol.ts";
import { signOutAll } from "../support/accounts.ts";
import { setUpSuite } from "../support/fixture.ts";
import { type OpenedPage, OpenedPages, untilPosted } from "../support/pages.ts";
import { run } from "../support/run.ts";
import { until } from "../support/screen.ts";

const isTable = (message: unknown): message is ClientsTable => typeOf(message) === "table";
const isDetails = (message: unknown): message is CellDetails => typeOf(message) === "details";
const typeOf = (message: unknown): ToPage["type"] | undefined => readToPage(message)?.type;

describe("Show What Clients Get", () => {
  const { account, person } = setUpSuite({ freshEmulator: true });
  const pages = new OpenedPages();
  beforeEach(() => pages.arrive());
  afterEach(async () => {
    pages.leave();
    await run("workbench.action.closeAllEditors");
  });

  const portal = () => ({
    kind: "portal" as const,
    accountId: account.emulator.accountId,
    portalId: "engineering",
  });
  const opened = (): Promise<OpenedPage> =>
    until(
      () => pages.all[0],
      (page) => page !== undefined,
    ).then((page) => {
      ok(page);
      return page;
    });
  const namesIn = ({ rows }: ClientsTable): readonly string[] => rows.map(({ name }) => name);
  const fateIn = ({ clients, rows }: ClientsTable, name: string, client: string) => {
    const column = clients.findIndex(({ id }) => id === client);
    const place = rows.find((row) => row.name === name)?.fates[column];
    return place === undefined ? undefined : FATES[place];
  };
  const idIn = ({ rows }: ClientsTable, name: string): string => {
    const id = rows.find((row) => row.name === name)?.id;
    ok(id !== undefined);
    return id;
  };

  it("asks in the palette which portal or server, and draws a row for each tool that is on", async () => {
    const shown = run(COMMANDS.showClients);
    await person.choose("Engineering");
    await shown;
    const page = await opened();
    equal(page.panel.title, "Engineering: Clients");
    const table = await untilPosted(page, isTable);
    deepEqual(
      table.clients.map(({ name }) => name),
      ["VS Code", "Claude Code", "Cursor", "OpenAI API", "Codex", "Gemini", "Windsurf"],
    );
    ok(namesIn(table).includes("docs_search_docs"));
    equal(table.rows.length + table.off, 31);
    equal(fateIn(table, "tickets_log_work", "gemini"), "refused");
    equal(fateIn(table, "tickets_log_work", "claude-code"), "deferred");
  });

  it("shows what a server exposes by itself, and one page however often it is asked for", async () => {
    await run(COMMANDS.showClients, account.server("docs"));
    await run(COMMANDS.showClients, account.server("docs"));
    equal(pages.all.length, 1);
    const table = await untilPosted(await opened(), isTable);
    equal(table.name, "Docs");
    ok(table.rows.every(({ server }) => server === ""));
  });

  it("is narrowed to the tool that it was called on", async () => {
    await run(COMMANDS.showClients, account.capability("tool", "docs", "get_page"));
    const page = await opened();
    await until(
      () => page.posted.find((message) => typeOf(message) === "reveal"),
      (message) => message !== undefined,
    );
    deepEqual(page.posted.at(-1), { type: "reveal", search: "docs_get_page" });
  });

  it("tells the reason for a cell with its pointer and its source, and ignores every other message", async () => {
    await run(COMMANDS.showClients, portal());
    const page = await opened();
    const table = await untilPosted(page, isTable);
    const row = idIn(table, "tickets_log_work");
    page.speak({ type: "explain" });
    page.speak({ type: "format", cell: { row, client: "gemini" } });
    page.speak({ type: "explain", cell: { row: "gone", client: "gemini" } });
    page.speak({ type: "explain", cell: { row, client: "gemini" } });
    const details = await untilPosted(page, isDetails);
    equal(details.title, "tickets_log_work in Gemini");
    match(details.reasons[0]?.pointer ?? "", /^\/inputSchema\/properties\//u);
    ok(details.reasons.every(({ source, since, why }) => source && since && why));
    // Told again once its tokens are counted.
    ok(page.posted.filter(isDetails).length <= 2);
    const costOf = () => page.posted.findLast(isDetails)?.cost ?? "";
    await until(costOf, (cost) => /^In each request: [\d,]+ tokens, for Claude about/u.test(cost));
  });

  it("tells what happens to a list as a whole, with the tools that are the cause", async () => {
    await run(COMMANDS.showClients, portal());
    const page = await opened();
    await untilPosted(page, isTable);
    page.speak({ type: "explain", cell: { client: "gemini" } });
    const { title, reasons } = await untilPosted(page, isDetails);
    equal(title, "The whole list in Gemini");
    match(reasons[0]?.what ?? "", /tickets_log_work/u);
    const costIn = (client: string) =>
      page.posted.filter(isDetails).findLast(({ cell }) => cell.client === client)?.cost ?? "";
    const isCounted = (cost: string) => /^In each request: .*[\d,]+ tokens/u.test(cost);
    const whole = await until(() => costIn("gemini"), isCounted);
    page.speak({ type: "explain", cell: { client: "claude-code" } });
    const searched = await until(() => costIn("claude-code"), isCounted);
    match(searched, /: about /u);
    const tokensOf = (cost: string) =>
      Number(/([\d,]+) tokens/u.exec(cost)?.[1]?.replaceAll(",", ""));
    ok(tokensOf(searched) < tokensOf(whole) / 3, `${searched} of ${whole}`);
  });

  it("opens the definition before and after a client has altered it as a diff", async () => {
    await run(COMMANDS.showClients, portal());
    const page = await opened();
    const table = await untilPosted(page, isTable);
    const row = idIn(table, "tickets_get_ticket");
    equal(fateIn(table, "tickets_get_ticket", "codex"), "altered");
    page.speak({ type: "compare", row, client: "codex" });
    const documents = () =>
      vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === DELIVERED_SCHEME);
    await until(documents, ({ length }) => length === 2);
    // Its lines wrap, as those of every definition do.
    const languages = documents().map(({ languageId }) => languageId);
    deepEqual(languages, [DEFINITION_LANGUAGE, DEFINITION_LANGUAGE]);
    const texts = documents().map((document) => document.getText());
    const names = texts.map((text) => JSON.parse(text).name).sort();
    deepEqual(names, ["mcp__cloudflare__tickets_get_ticket", "tickets_get_ticket"]);
    ok(new Set(texts).size === 2);
  });

  it("is drawn anew when a tool is turned off, and only then", async () => {
    await run(COMMANDS.showClients, account.server("docs"));
    const page = await opened();
    const before = await untilPosted(page, isTable);
    await run(COMMANDS.refresh);
    equal(page.posted.filter(isTable).length, 1);
    await run(COMMANDS.disable, account.capability("tool", "docs", "get_page"));
    const names = await until(
      () => namesIn(page.posted.findLast(isTable) ?? before),
      (all) => !all.includes("docs_get_page"),
    );
    equal(names.length, before.rows.length - 1);
  });

  it("says that the server is gone, and shows nothing of it any more", async () => {
    await run(COMMANDS.showClients, account.server("wiki"));
    const page = await opened();
    await untilPosted(page, isTable);
    await signOutAll(account.exports);
    await until(
      () => page.posted.at(-1),
      (message) => typeOf(message) === "missing",
    );
    deepEqual(page.posted.at(-1), { type: "missing", because: "gone" });
    equal(page.panel.title, "Wiki: Clients");
  });

  it("has a policy that lets nothing run, load or become HTML but its own script and styles", async () => {
    await run(COMMANDS.showClients, portal());
    const { html } = (await opened()).panel.webview;
    match(html, /default-src 'none'; script-src 'nonce-([\w-]+)'; style-src 'nonce-\1';/u);
    match(html, /require-trusted-types-for 'script'/u);
    equal(html.match(/<script/gu)?.length, 2);
    ok(!/style="|unsafe/u.test(html));
  });
});
