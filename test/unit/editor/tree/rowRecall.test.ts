import { deepEqual, equal } from "node:assert/strict";
import { RowRecall } from "../../../../src/editor/tree/rowRecall.ts";

interface Row {
  readonly name: string;
}

const [server, tools, search] = [{ name: "server" }, { name: "tools" }, { name: "search" }];
const PARENTS = new Map<string, Row>([
  ["tools", server],
  ["search", tools],
]);
const CHILDREN = new Map<string, Row>([
  ["server", tools],
  ["tools", search],
]);

/** As VS Code does: asks for the parent of what is to be revealed, and fails in the end. */
class Host {
  readonly learnt: string[] = [];
  #recall: RowRecall<Row> | undefined;

  connect(): RowRecall<Row> {
    this.#recall = new RowRecall<Row>({
      id: ({ name }) => name,
      parent: ({ name }) => PARENTS.get(name),
      firstChild: (row) => (row === undefined ? server : CHILDREN.get(row.name)),
      reveal: (scout) => this.#reveal(scout),
    });
    return this.#recall;
  }

  async #reveal(scout: Row): Promise<void> {
    await undefined;
    const parent = await this.#recall?.parentOfScout(scout);
    this.learnt.push(parent?.name ?? "");
    throw new Error("There is no such row.");
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("rows that VS Code forgets while it draws", () => {
  let host: Host;
  let recall: RowRecall<Row>;
  beforeEach(() => {
    host = new Host();
    recall = host.connect();
    recall.noteAsked(server, tools);
    recall.noteAsked(tools, search);
  });

  it("are asked for again each time a row above them is drawn", async () => {
    await settled();
    deepEqual(host.learnt, []);
    for (let round = 1; round <= 3; round += 1) {
      void recall.recall(server);
      await settled();
      deepEqual(host.learnt.toSorted(), Array(round).fill(["search", "tools"]).flat().toSorted());
    }
  });

  it("are asked for only below the row that is drawn", async () => {
    void recall.recall(tools);
    void recall.recall(search);
    await settled();
    deepEqual(host.learnt, ["search"]);
  });

  it("stay forgotten where a row above them is closed, until it is opened", async () => {
    recall.noteCollapsed(tools);
    void recall.recall(server);
    await settled();
    deepEqual(host.learnt, ["tools"]);
    recall.noteExpanded(tools);
    void recall.recall(server);
    await settled();
    deepEqual(host.learnt.toSorted(), ["search", "tools", "tools"]);
  });

  it("are asked for from the roots on, one after the other, when all rows are drawn", async () => {
    recall.noteAsked(undefined, server);
    for (let round = 1; round <= 2; round += 1) {
      void recall.recall(undefined);
      await settled();
      deepEqual(host.learnt, Array(round).fill(["server", "tools", "search"]).flat());
    }
    void recall.recall(server);
    await settled();
    deepEqual(host.learnt.slice(-2), ["tools", "search"]);
  });

  it("aren't asked for after everything was forgotten", async () => {
    recall.forgetAll();
    void recall.recall(server);
    await settled();
    deepEqual(host.learnt, []);
    equal(recall.isScout(search), false);
  });
});
