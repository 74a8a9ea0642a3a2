import { deepEqual, equal } from "node:assert/strict";
import { type ClientsTable, FATES, type Fate } from "../../../src/pages/clients/protocol.ts";
import { NO_FILTERS, narrow, problemCount, worstProblem } from "../../../src/pages/clients/rows.ts";
import { fateFilter } from "../../../src/pages/clients/toolbar.ts";
import { moved, rowsInSight } from "../../../src/pages/clients/window.ts";

const row = (name: string, fates: readonly Fate[], server = "Docs") => ({
  id: name,
  kind: "tool" as const,
  name,
  server,
  fates: fates.map((fate) => FATES.indexOf(fate)),
});

const TABLE: ClientsTable = {
  type: "table",
  name: "Engineering",
  clients: [
    { id: "vscode", name: "VS Code" },
    { id: "gemini", name: "Gemini" },
  ],
  lists: [5, 5],
  note: "",
  off: 0,
  rows: [
    row("clean", ["intact", "intact"]),
    row("deferred", ["deferred", "intact"]),
    row("altered", ["altered", "intact"]),
    row("refused", ["intact", "refused"], "Shop"),
    row("some", ["someModels", "intact"]),
  ],
};

const names = (filters: Partial<typeof NO_FILTERS>): readonly string[] =>
  narrow(TABLE, { ...NO_FILTERS, ...filters }).rows.map(({ name }) => name);

describe("The rows of the page of clients", () => {
  it("stand with the worst problems first, and otherwise in the order of the catalogue", () =>
    deepEqual(names({}), ["refused", "altered", "some", "clean", "deferred"]));

  it("are those with a name or server that has every word of the search", () => {
    deepEqual(names({ search: "SHOP ref" }), ["refused"]);
    deepEqual(names({ search: "shop clean" }), []);
  });

  it("are those with the effect in a client that is shown", () => {
    deepEqual(names({ fate: "problems" }), ["refused", "altered"]);
    deepEqual(names({ fate: "problems", client: "vscode" }), ["altered"]);
    deepEqual(names({ fate: "refused", client: "vscode" }), []);
  });

  it("are sorted by the one client that is shown", () =>
    deepEqual(names({ client: "vscode" }), ["altered", "some", "clean", "deferred", "refused"]));

  it("have the columns of the chosen client, or all where it is gone", () => {
    deepEqual(narrow(TABLE, { ...NO_FILTERS, client: "gemini" }).columns, [1]);
    deepEqual(narrow(TABLE, { ...NO_FILTERS, client: "gone" }).columns, [0, 1]);
  });

  it("are counted for each client where they have a problem", () =>
    deepEqual([problemCount(TABLE, 0), problemCount(TABLE, 1)], [1, 1]));

  it("show what is worst in the clients that are shown, where it is a problem", () => {
    const worst = (columns: readonly number[]) =>
      TABLE.rows.map((each) => worstProblem(each, columns));
    deepEqual(worst([0, 1]), [undefined, undefined, "altered", "refused", undefined]);
    deepEqual(worst([0]), [undefined, undefined, "altered", undefined, undefined]);
  });

  it("take no filter that there isn't", () => {
    equal(fateFilter("altered"), "altered");
    equal(fateFilter("problems"), "problems");
    equal(fateFilter("__proto__"), "");
  });
});

describe("The rows in sight", () => {
  it("are few, however many there are", () => {
    const { from, to } = rowsInSight(100_000, 28, { top: 28_000, height: 560 });
    deepEqual([from, to], [990, 1030]);
  });

  it("end with the list, also where it became shorter than what was scrolled", () => {
    deepEqual(rowsInSight(5, 28, { top: 0, height: 560 }), { from: 0, to: 5 });
    deepEqual(rowsInSight(5, 28, { top: 28_000, height: 560 }), { from: 5, to: 5 });
  });
});

describe("A key in the grid", () => {
  const size = { rows: 100, columns: 8, page: 20 };
  const press = (key: string, ctrlKey = false) =>
    moved({ row: 50, column: 3 }, { key, ctrlKey }, size);

  it("moves as in every grid", () => {
    deepEqual(press("ArrowUp"), { row: 49, column: 3 });
    deepEqual(press("ArrowDown"), { row: 51, column: 3 });
    deepEqual(press("ArrowLeft"), { row: 50, column: 2 });
    deepEqual(press("ArrowRight"), { row: 50, column: 4 });
    deepEqual(press("PageUp"), { row: 30, column: 3 });
    deepEqual(press("PageDown"), { row: 70, column: 3 });
    deepEqual(press("Home"), { row: 50, column: 0 });
    deepEqual(press("End"), { row: 50, column: 7 });
    deepEqual(press("Home", true), { row: 0, column: 0 });
    deepEqual(press("End", true), { row: 99, column: 7 });
  });

  it("stops at the edges, and leaves every other key alone", () => {
    deepEqual(moved({ row: 0, column: 0 }, { key: "ArrowUp", ctrlKey: false }, size), {
      row: 0,
      column: 0,
    });
    deepEqual(moved({ row: 99, column: 7 }, { key: "PageDown", ctrlKey: false }, size), {
      row: 99,
      column: 7,
    });
    equal(press("Tab"), undefined);
  });
});
