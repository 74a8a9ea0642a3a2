import { deepEqual, equal, match, ok } from "node:assert/strict";
import process from "node:process";
import type { Fault } from "../../src/emulator/switches/schemas.ts";
import { COMMANDS } from "../../src/manifest.ts";
import { setApiRoot } from "./support/accounts.ts";
import { activated } from "./support/extension.ts";
import { setUpSuite } from "./support/fixture.ts";
import { run } from "./support/run.ts";
import { serverRow, treeOf, until } from "./support/screen.ts";

const refresh = (): Thenable<unknown> => run(COMMANDS.refresh);

describe("An unusual answer", () => {
  const { account } = setUpSuite({ afterEach: refresh });

  it("shows the usable part of a malformed catalogue", async () => {
    await account.emulator.write({
      server: "docs",
      patch: {
        tools: [
          { name: "fine" },
          { description: "has no name" },
          7,
          null,
          { name: "fine", description: "comes twice" },
          { name: "__proto__", inputSchema: {} },
          { name: "constructor" },
        ],
        prompts: [],
      },
    });
    await refresh();
    // What waits for a review is known a moment later.
    const row = await until(
      () => serverRow(account.exports, "Docs"),
      (docs) => docs?.description?.includes("new") === true,
    );
    deepEqual(row, {
      label: "Docs",
      description: "3 new, 7 gone · 3 tools",
      children: [
        {
          label: "Tools",
          description: "3",
          children: [
            { label: "fine", checked: true },
            { label: "__proto__", checked: true },
            { label: "constructor", checked: true },
          ],
        },
      ],
    });
  });

  it("may name a tool __proto__, which can be edited", async () => {
    const target = account.capability("tool", "docs", "__proto__");
    await account.wire();
    await run(COMMANDS.disable, target);
    const [, put] = await account.wire();
    match(put ?? "", /^PUT \/servers\/docs .*\{"name":"__proto__","enabled":false\}/);
    const row = await serverRow(account.exports, "Docs");
    deepEqual(row?.children?.[0]?.children?.[1], { label: "__proto__", checked: false });
  });

  it("may have a server without a catalogue, which is shown", async () => {
    await account.emulator.set({ servers: { docs: { nullCatalogue: true } } });
    await refresh();
    const row = await serverRow(account.exports, "Docs");
    // A row says first what is gone since it was accepted.
    match(row?.description ?? "", /^(\d+ gone · )?no tools yet$/);
  });

  const everyList = { method: "GET", path: "/servers$", count: 0 };
  const failed = ["$(cloud) MCP refresh failed", "Couldn't refresh."] as const;
  const offline = ["$(cloud) MCP offline", "Cloudflare can't be reached."] as const;
  const faults: readonly (readonly [string, Fault, typeof failed | typeof offline])[] = [
    ["a web page", { kind: "html", match: everyList }, failed],
    ["broken JSON", { kind: "body", match: everyList, body: "{" }, failed],
    ["a lost connection", { kind: "reset", match: everyList }, offline],
  ];
  for (const [what, fault, [status, words]] of faults) {
    it(`keeps the servers on screen when a refresh ends in ${what}`, async () => {
      const before = await treeOf(account.exports);
      await account.emulator.set({ faults: [fault] });
      // The message of a failed refresh stays until somebody closes it.
      void refresh();
      await until(
        () => account.exports.status.text,
        (text) => text === status,
      );
      deepEqual(await treeOf(account.exports), before);
      const { message = "" } = account.exports.view;
      ok(message.startsWith(`${words} Showing the servers as of `), message);
      await account.emulator.reset();
      void refresh();
      await until(
        () => account.exports.view.message ?? "",
        (message) => message === "",
      );
    });
  }
});

describe("An API root that nothing may be sent to", () => {
  for (const root of ["http://example.com/client/v4", "ftp://127.0.0.1/", "nonsense"]) {
    it(`${root} is refused, and nobody is signed in`, async () => {
      const exports = await activated();
      await setApiRoot(root);
      process.env["CLOUDFLARE_API_TOKEN"] = "a-token-that-goes-nowhere";
      await run(COMMANDS.signIn, undefined, undefined, "environment");
      deepEqual(await treeOf(exports), []);
      equal(exports.view.badge, undefined);
      delete process.env["CLOUDFLARE_API_TOKEN"];
      await setApiRoot(undefined);
    });
  }
});
