import { deepEqual, match } from "node:assert/strict";
import { COMMANDS } from "../../../src/manifest.ts";
import { setUpSuite } from "../support/fixture.ts";
import { run } from "../support/run.ts";
import { serverRow, until } from "../support/screen.ts";

const BROKEN = {
  status: "error",
  error: "The upstream answered 503 Service Unavailable",
  error_details: { status_code: 503, is_upstream: true, retryable: true },
};

describe("A server that stops working", () => {
  const { account, person } = setUpSuite({ afterEach: healAll });

  /** Changes a server and refreshes. All messages have been shown when it resolves. */
  async function become(server: string, patch: Readonly<Record<string, unknown>>): Promise<void> {
    await account.emulator.write({ server, patch });
    await run(COMMANDS.refresh);
  }

  /** Syncs all servers, as Cloudflare itself does now and then. */
  async function healAll(): Promise<void> {
    await account.emulator.control("POST", "sync");
    await run(COMMANDS.refresh);
  }

  const told = (): readonly string[] => person.messages.map(({ text }) => text);

  it("isn't reported when it was broken before the window opened", () => deepEqual(told(), []));

  it("is reported with the action that helps, one click away", async () => {
    await become("browser", BROKEN);
    const message = await person.message(/stopped working/u);
    match(message.text, /^Browser has stopped working\. The upstream failed \(503\)/u);
    deepEqual([message.severity, message.buttons], ["warning", ["Sync Again", "Don't Show Again"]]);
    await account.wire();
    message.press("Sync Again");
    await until(
      async () => (await serverRow(account.exports, "Browser"))?.description,
      (description) => description === "8 tools",
    );
    deepEqual(await account.wire(), ["POST /servers/browser/sync", "GET /servers/browser"]);
    deepEqual(told(), []);
  });

  it("is reported once, and again only after it worked in between", async () => {
    await become("browser", BROKEN);
    await until(told, (all) => all.length === 1);
    await run(COMMANDS.refresh);
    await become("browser", { description: "Still broken" });
    deepEqual(told().length, 1);
    await healAll();
    await become("browser", BROKEN);
    await until(told, (all) => all.length === 2);
  });

  it("is reported in the words of its new state", async () => {
    await become("tickets", { status: "stale", auth_type: "oauth" });
    const { text, buttons } = await person.message(/Tickets/u);
    match(text, /^Tickets has stopped working\. The upstream's credential has to be renewed\./u);
    deepEqual(buttons, ["Open in Cloudflare Dashboard", "Don't Show Again"]);
    await become("tickets", { auth_type: "unauthenticated" });
  });

  it("is reported with others in one message, which leads to Problems", async () => {
    await account.emulator.write({ server: "browser", patch: { ...BROKEN, error: "gone" } });
    await become("docs", { ...BROKEN, error: "gone" });
    const message = await person.message(/stopped working/u);
    deepEqual(message.text, "2 MCP servers have stopped working.");
    deepEqual(message.buttons, ["Show Problems"]);
    deepEqual(person.messages.length, 0);
  });

  it("isn't reported when the person's own sync found out", async () => {
    await account.emulator.set({
      interventions: [
        {
          match: { method: "GET", path: "/browser$" },
          when: "before",
          write: { server: "browser", patch: { status: "error", error: "own" } },
        },
      ],
    });
    await run(COMMANDS.syncServer, account.server("browser"));
    deepEqual(told(), ["Browser couldn't be synced. The last sync failed: own."]);
    await run(COMMANDS.refresh);
    deepEqual(told().length, 1);
  });

  it("isn't reported when the person's own edit found out", async () => {
    await account.emulator.set({
      interventions: [
        {
          match: { method: "GET", path: "/browser$", nth: 2 },
          when: "before",
          write: { server: "browser", patch: { status: "error", error: "edit" } },
        },
      ],
    });
    await run(COMMANDS.editAlias, account.capability("tool", "browser", "click"), [], "press");
    await run(COMMANDS.refresh);
    match((await serverRow(account.exports, "Browser"))?.description ?? "", /^Error/u);
    deepEqual(told(), []);
    await run(COMMANDS.undo);
  });
});
