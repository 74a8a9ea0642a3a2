import { deepEqual, equal, ok } from "node:assert/strict";
import * as vscode from "vscode";
import { COMMANDS } from "../../../src/manifest.ts";
import { setUpSuite } from "../support/fixture.ts";
import { progressDuring } from "../support/progress.ts";
import { run } from "../support/run.ts";
import { serverRow, until } from "../support/screen.ts";
import { storedServer } from "../support/stored.ts";

describe("A server", () => {
  const suite = setUpSuite();

  async function urlOfDocs(): Promise<string> {
    return String((await storedServer(suite.account.emulator, "docs"))["hostname"]);
  }

  async function addMoreDocs(id = "more-docs", name = "More Docs"): Promise<void> {
    const hostname = await urlOfDocs();
    const body = { id, name, hostname, auth_type: "unauthenticated" };
    await run(COMMANDS.addServer, undefined, undefined, JSON.stringify(body));
  }

  it("is added, synced, and shown with the result", async () => {
    await addMoreDocs();
    deepEqual(
      (await suite.account.wire()).map((line) => line.split(" ").slice(0, 2).join(" ")),
      ["POST /servers", "POST /servers/more-docs/sync", "GET /servers/more-docs"],
    );
    equal(
      (await serverRow(suite.account.exports, "More Docs"))?.description,
      "8 new · 5 tools, 3 prompts",
    );
    await until(
      () => suite.account.exports.view.selection,
      ([row, ...others]) =>
        row !== undefined &&
        "serverId" in row &&
        row.serverId === "more-docs" &&
        others.length === 0,
    );
    deepEqual(suite.person.messages, []);
    await run(COMMANDS.deleteServer, suite.account.server("more-docs"), [], "more-docs");
  });

  it("is added by hand, checked while typing, with an id made from the name", async () => {
    const done = run(COMMANDS.addServer);
    await suite.person.type("Größe & Gewicht");
    await until(
      () => suite.person.asked,
      (asked) => asked?.prompt.startsWith("Id") ?? false,
    );
    equal(suite.person.asked?.value, "gro-e-gewicht");
    await suite.person.type("Bad Id");
    equal(
      await suite.person.complaint(),
      "An id is made of small letters and digits, with single hyphens between them.",
    );
    await suite.person.type("weights");
    await suite.person.type("not a url");
    ok((await suite.person.complaint()).startsWith("The whole URL"));
    await suite.person.type(await urlOfDocs());
    await suite.person.pick("Not at all");
    await done;
    const [post] = await suite.account.wire();
    ok(post?.includes('"id":"weights","name":"Größe & Gewicht"'), post);
    await run(COMMANDS.deleteServer, suite.account.server("weights"), [], "weights");
  });

  it("that the API would refuse is refused, with the reason, and nothing is sent", async () => {
    for (const [change, reason] of [
      [{ id: "Bad Id" }, /small letters/],
      [{ id: "docs" }, /already/],
      [{ hostname: "docs" }, /whole URL/],
      [{ name: "x".repeat(351) }, /At most 350/],
    ] as const) {
      const body = { id: "new", name: "New", hostname: "https://a.b/mcp", auth_type: "oauth" };
      await run(COMMANDS.addServer, undefined, undefined, JSON.stringify({ ...body, ...change }));
      await suite.person.message(reason);
    }
    deepEqual(await suite.account.wire(), []);
  });

  it("is deleted by its key, which deletes nothing else", async () => {
    await addMoreDocs();
    await suite.account.wire();
    const tool = suite.account.capability("tool", "more-docs", "get_page");
    await run(COMMANDS.deleteServer, tool, [], "more-docs");
    deepEqual(await suite.account.wire(), []);
    const done = run(COMMANDS.deleteServer, suite.account.server("more-docs"));
    const asked = await suite.person.message(/^Delete More Docs from .+ at Cloudflare\?$/);
    deepEqual(asked.buttons, ["Delete", "Keep Definition and Delete"]);
    asked.press("Keep Definition and Delete");
    await done;
    const kept = vscode.window.activeTextEditor?.document.getText() ?? "";
    equal((JSON.parse(kept) as { id: string }).id, "more-docs");
    ok((await suite.account.wire()).includes("DELETE /servers/more-docs"));
    equal(await serverRow(suite.account.exports, "More Docs"), undefined);
    await run("workbench.action.revertAndCloseActiveEditor");
  });

  it("is deleted with others after one question, which one answer ends", async () => {
    await addMoreDocs();
    await addMoreDocs("old-docs", "Old Docs");
    await suite.account.wire();
    const rows = ["more-docs", "old-docs"].map((id) => suite.account.server(id));
    const refused = run(COMMANDS.deleteServer, rows[0], rows);
    (await suite.person.message(/^Delete 2 servers at Cloudflare\?$/u)).press("Cancel");
    await refused;
    deepEqual(suite.person.messages, []);
    deepEqual(await suite.account.wire(), []);

    const match = { method: "DELETE", path: "/servers/old-docs$" };
    const fault = { kind: "status", status: 400, code: 7001, message: "In use", match } as const;
    await suite.account.emulator.set({ faults: [fault] });
    const done = run(COMMANDS.deleteServer, rows[0], rows);
    const asked = await suite.person.message(/^Delete 2 servers at Cloudflare\?$/u);
    deepEqual(asked.detail.split("\n\n"), [
      "More Docs, Old Docs",
      "No portal has any of them.",
      "This can't be undone. Save to Workspace… keeps their definitions.",
    ]);
    asked.press("Delete");
    await done;
    await suite.person.message(/^Old Docs wasn't deleted\. .*In use/u);
    equal(await serverRow(suite.account.exports, "More Docs"), undefined);
    await run(COMMANDS.deleteServer, rows[1], [], "old-docs");
    equal(await serverRow(suite.account.exports, "Old Docs"), undefined);
  });

  it("is deleted with many others, which are counted, until somebody cancels", async () => {
    const ids = ["first", "second", "third", "fourth"].map((id) => `${id}-docs`);
    for (const id of ids) {
      await addMoreDocs(id, `Docs ${id}`);
    }
    await suite.account.wire();
    const rows = ids.map((id) => suite.account.server(id));
    const deleteAll = async () => {
      const done = run(COMMANDS.deleteServer, rows[0], rows);
      (await suite.person.message(/^Delete \d servers at Cloudflare\?$/u)).press("Delete");
      await done;
    };
    const { said, cancellable } = await progressDuring(deleteAll, "2 of 4 servers");
    deepEqual(said, ["Deleting", "1 of 4 servers", "2 of 4 servers"]);
    deepEqual(cancellable, [true]);
    const { text } = await suite.person.message(/^Deleted/u);
    equal(text, "Deleted 2 of 4 servers. The rest is still at Cloudflare.");
    const deleted = (await suite.account.wire()).filter((line) => line.startsWith("DELETE"));
    deepEqual(deleted, ["DELETE /servers/first-docs", "DELETE /servers/second-docs"]);
    equal((await serverRow(suite.account.exports, "Docs third-docs"))?.label, "Docs third-docs");
    for (const [index, id] of ids.slice(2).entries()) {
      await run(COMMANDS.deleteServer, rows[index + 2], [], id);
    }
    deepEqual(suite.person.messages, []);
  });
});
